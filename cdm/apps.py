"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CdmConfig(AppConfig):
    """The agent's working day: Customer 360."""

    name = "cdm"
    verbose_name = _("Selling")

    def ready(self) -> None:
        """Say what merging does with our rows, and add to what the apps below do and show."""
        from cdm.labels import add_labels  # noqa: PLC0415
        from cdm.listing import add_to_list  # noqa: PLC0415 (models are loaded only now)
        from cdm.merging import declare  # noqa: PLC0415
        from cdm.orders.demo import demo_orders, make_orders  # noqa: PLC0415
        from cdm.orders.importing import subject  # noqa: PLC0415
        from cdm.palette import add_to_palette  # noqa: PLC0415
        from cdm.panels import add_panels  # noqa: PLC0415
        from cdm.recommending import declared  # noqa: PLC0415
        from cdm.registering import register  # noqa: PLC0415
        from cdm.summaries.listening import listen  # noqa: PLC0415
        from cdm.views.labels import add_to_labels  # noqa: PLC0415
        from profiles import registries as below  # noqa: PLC0415

        declare()
        add_labels()
        # Before what is made of orders.
        below.demo_steps.register("orders", demo_orders)
        register()
        # After the day: who must not be called, and carts that were left, are among what is known.
        declared.declare()
        listen()
        subject.declare()
        below.customers_made.register("orders", make_orders)
        add_panels()
        add_to_list()
        add_to_palette()
        add_to_labels()
