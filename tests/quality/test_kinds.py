"""No page is forgotten: every address of the house is a page kind, or left out with a reason."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from coop.people.models import User
from look.inside.examples import EXAMPLES
from look.kinds import ALL, BY_NAME, LEFT_OUT, LEFT_OUT_SPACES
from look.kinds.left_out import FORM

OURS = ("coop", "catalog", "orders", "ledger", "cms")
#: Snippets have many addresses that Wagtail makes; a person works with these.
OF_A_SNIPPET = ("list", "add", "edit")


def named_patterns(
    resolver: URLResolver, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from named_patterns(one, inner)
        elif one.name:
            yield ":".join((*spaces, one.name)), one


def module_of(pattern: URLPattern) -> str:
    """Where its view stands."""
    view = pattern.callback
    made_of = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    return str(getattr(made_of, "__module__", ""))


def is_ours(name: str, pattern: URLPattern) -> bool:
    """Whether a page of the house's own stands there, or an account's, in the house's clothes."""
    space, _, last = name.rpartition(":")
    if space.startswith("wagtailsnippets_"):
        return last in OF_A_SNIPPET
    if name.startswith(("account_", "mfa_")) or space in LEFT_OUT_SPACES:
        return True
    return module_of(pattern).split(".")[0] in OURS


def our_patterns() -> set[str]:
    """The names of all addresses of ours."""
    with translation.override("es"):
        return {name for name, one in named_patterns(get_resolver()) if is_ours(name, one)}


def test_every_address_of_the_house_is_looked_at_or_left_out_with_a_reason():
    looked_at = {kind.pattern for kind in ALL if kind.pattern}

    forgotten = {
        name
        for name in our_patterns() - looked_at - LEFT_OUT.keys()
        if name.rpartition(":")[0] not in LEFT_OUT_SPACES
    }

    assert not forgotten, f"Add a Kind in bin/lib/look/kinds/, or a reason: {sorted(forgotten)}"


def test_no_address_is_both_looked_at_and_left_out():
    assert not {kind.pattern for kind in ALL} & LEFT_OUT.keys()


def test_every_address_in_the_list_exists():
    known = {name for name, _one in named_patterns(get_resolver())}

    assert not {kind.pattern for kind in ALL if kind.pattern} - known
    assert not LEFT_OUT.keys() - known


def test_each_kind_has_a_name_of_its_own_and_a_known_example():
    assert len(BY_NAME) == len(ALL)
    assert {kind.example for kind in ALL if kind.example} <= EXAMPLES.keys()


@pytest.mark.parametrize("name", sorted(name for name, why in LEFT_OUT.items() if why is FORM))
def test_what_is_left_out_as_a_form_shows_no_page(name, rf):
    pattern = dict(named_patterns(get_resolver()))[name]
    request = rf.get("/")
    # Who may do everything is not stopped by a permission first.
    request.user = User(is_superuser=True, is_active=True)
    request.session = {}

    answer = pattern.callback(request, **dict.fromkeys(pattern.pattern.converters, "1"))

    # The cart leads back to itself; everything else refuses.
    assert answer.status_code in {302, 405}
