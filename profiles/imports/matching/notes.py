"""What an import remarks on a row that was taken in, or left alone, in a way people should know of."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence

HELD = Sentence(gettext_noop("%(column)s was left out: customer %(customer)s has it."))
OTHERS_ID = gettext_noop("The id belongs to another customer and was not added.")
GONE_ID = gettext_noop("The id belongs to a customer who is gone and was not added.")
ALSO_FITS = Sentence(gettext_noop("Also fits: %(customers)s."))
KNOWN = gettext_noop("This customer is known already.")
KEPT_STATUS = gettext_noop("The status was left as it is: changing it needs the permission profile:delete.")
SHARED_PHONE = Sentence(gettext_noop("The phone is shared with: %(customers)s."))
# By the hint that would have found too many.
SHARED = {
    "email": Sentence(
        gettext_noop("The e-mail is shared by more than %(most)s customers and matches none of them.")
    ),
    "phone": Sentence(
        gettext_noop("The phone is shared by more than %(most)s customers and matches none of them.")
    ),
}
