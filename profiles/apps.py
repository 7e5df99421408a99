"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    """Customers."""

    name = "profiles"
    verbose_name = _("Customers")

    def ready(self) -> None:
        """Put the panels of this app on the 360° page; say what is a customer's, and what is exported."""
        from cdp.audit import subjects  # noqa: PLC0415 (models are loaded only now)
        from profiles.belonging import customer_of  # noqa: PLC0415
        from profiles.exports import lists  # noqa: PLC0415
        from profiles.panels import registry  # noqa: PLC0415
        from profiles.panels.standard import register_into  # noqa: PLC0415
        from profiles.panels.streams import register_streams  # noqa: PLC0415
        from profiles.views.customer.field_labels import add_to_labels  # noqa: PLC0415
        from profiles.views.customers.query import read_list  # noqa: PLC0415

        subjects.register("customer", customer_of)
        register_into(registry)
        register_streams()
        lists.register("customers", read_list)
        add_to_labels()
