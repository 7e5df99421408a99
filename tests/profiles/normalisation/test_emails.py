import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.normalisation.emails import MAX_LENGTH, normalise_email
from profiles.normalisation.errors import InvalidEmail


@pytest.mark.conforms("R33")
@pytest.mark.parametrize(
    ("raw", "email"),
    [
        (" TEST@Example.COM ", "test@example.com"),
        ("\tjohn.o'neil+shop@mail.shop-9.co.th\n", "john.o'neil+shop@mail.shop-9.co.th"),
        ("ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "john@example.com"),
        ("tanaka@example。jp", "tanaka@example.jp"),
        ("Müller@Bücher.DE", "müller@xn--bcher-kva.de"),
        ("สมชัย@ไทย.ไทย", "สมชัย@xn--o3cw4h.xn--o3cw4h"),
        ("প্রিয়া@example.com", "প্রিয়া@example.com"),
        ("a\u0301@example.com", "\u00e1@example.com"),
        ("\u200bjane@example.com\ufeff", "jane@example.com"),
        ("Jane Doe <jane@example.com>", "jane@example.com"),
        ("mailto:jane@example.com?subject=hello", "jane@example.com"),
        ("'jane@example.com'", "jane@example.com"),
        ("İpek@example.com", "i\u0307pek@example.com"),
    ],
)
def test_an_address_takes_the_one_form_in_which_it_is_compared(raw: str, email: str) -> None:
    assert normalise_email(raw) == email


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("jane", "no_at_sign"),
        ("@example.com", "no_name"),
        ("jane@", "no_domain"),
        ("jane@example", "incomplete_domain"),
        ("jane@@example.com", "several_at_signs"),
        ("jane@example.com, joe@example.com", "several_at_signs"),
        ("jane doe@example.com", "space"),
        ("jane..doe@example.com", "dots"),
        (".jane@example.com", "dots"),
        ("jane.@example.com", "dots"),
        ("jane@example..com", "dots"),
        ("jane@example.com.", "dots"),
        ("jane@-example.com", "domain"),
        ("jane@exam_ple.com", "domain"),
        ("jane@127.0.0.1", "domain"),
        ("jane@[127.0.0.1]", "domain"),
        ("jane@exa\ud800mple.com", "domain"),
        ("jane,doe@example.com", "character"),
        ("jane\ud800@example.com", "character"),
        ("jane\0@example.com", "null_character"),
        ("j" * 65 + "@example.com", "name_too_long"),
        ("ก" * 22 + "@example.com", "name_too_long"),
        ("jane@" + "a." * 130 + "com", "too_long"),
        ("jane@" + "a" * 10_000_000, "too_long"),
    ],
)
def test_what_is_not_one_address_is_refused_with_its_reason(raw: str, code: str) -> None:
    with pytest.raises(InvalidEmail) as refusal:
        normalise_email(raw)

    assert refusal.value.code == code


def test_the_longest_address_is_accepted_and_one_more_character_is_not() -> None:
    domain = ".".join(["a" * 62, "b" * 61, "c" * 61]) + ".de"
    local = "x" * (MAX_LENGTH - len(domain) - 1)

    assert len(normalise_email(f"{local}@{domain}")) == MAX_LENGTH
    with pytest.raises(InvalidEmail, match="254"):
        normalise_email(f"{local}@{domain}e")


def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(InvalidEmail) as refusal:
        normalise_email("somchai.secret@nowhere")

    assert "somchai" not in str(refusal.value)


_ATOMS = st.text(string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=12)
_LABELS = st.from_regex(r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,10}[a-zA-Z0-9])?", fullmatch=True)


@given(
    st.lists(_ATOMS, min_size=1, max_size=4),
    st.lists(_LABELS, min_size=1, max_size=3),
    st.sampled_from(["com", "CO.TH"]),
)
def test_every_ordinary_address_is_accepted_and_only_lower_cased(
    name: list[str], labels: list[str], end: str
) -> None:
    address = f"{'.'.join(name)}@{'.'.join(labels)}.{end}"

    assert normalise_email(address) == address.lower()


@given(
    st.text(max_size=40).map(lambda text: text)
    | st.builds("{}@{}".format, st.text(max_size=12), st.text(max_size=12))
)
def test_any_text_is_normalised_once_and_for_all_or_refused(text: str) -> None:
    try:
        email = normalise_email(text)
    except InvalidEmail:
        return
    assert normalise_email(email) == email
    email.encode()
    assert not any(character.isspace() for character in email)
