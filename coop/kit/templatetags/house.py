"""Template words that every page knows (a builtin library)."""

from collections.abc import Sequence

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from djmoney.money import Money

from coop.kit import hundred, icons, money, motifs, styles

register = template.Library()


@register.filter
def price(amount: Money | None) -> str:
    """`{{ order.total|price }}`: S/ 1,240.00; nothing for no amount."""
    return "" if amount is None else money.format_money(amount)


@register.filter
def currency_name(code: str) -> str:
    """`{{ "USD"|currency_name }}`: US$ · USD, as somebody abroad recognises it."""
    return f"{money.SYMBOLS.get(code, code)} · {code}" if code in money.SYMBOLS else code


@register.filter
def symbol(code: str) -> str:
    """`{{ "PEN"|symbol }}`: S/, or the code where there is none."""
    return money.SYMBOLS.get(code, code)


@register.filter
def from_minor(amount_minor: int, currency: str = "") -> Money:
    """`{{ row.amount_minor|from_minor:row.currency|price }}`."""
    return money.from_minor(amount_minor, currency or None)


@register.filter
def kilos(grams: int) -> str:
    """Grams as people say them: 400 g, 2.5 kg."""
    if grams < 1000:
        return f"{grams}\u00a0g"
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".") + "\u00a0kg"


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 6 h, 1 h 30 min, 45 min."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}\u00a0h"] if whole else []
    if rest or not whole:
        parts.append(f"{rest}\u00a0min")
    return " ".join(parts)


# Motifs ------------------------------------------------------------------------------------
def _motif_address(name: str, key: str, colour: str | None) -> str:
    address = reverse(name, args=[key, motifs.colour_key(colour)])
    return f"{address}?v={motifs.version()}"


@register.simple_tag
def motif_url(key: str, colour: str | None = motifs.PLAIN) -> str:
    """`<img src="{% motif_url design.motif 'cochineal' %}" width="80" height="80" alt="…">`.

    A square picture of the motif, on a ground of that dye; a dye that we do not have, or none,
    leaves the motif's own colours.
    """
    return _motif_address("motif", key, colour)


@register.simple_tag
def swatch_url(key: str, colour: str | None = motifs.PLAIN) -> str:
    """Like `motif_url`, but fabric of 4:5 (250 × 312) in which the motif is repeated."""
    return _motif_address("motif-swatch", key, colour)


@register.simple_tag
def arch_url(key: str, colour: str | None = motifs.PLAIN) -> str:
    """Like `swatch_url`, but a panel with the motif once, ending below in its fringe."""
    return _motif_address("motif-arch", key, colour)


@register.simple_tag
def band_url(key: str, colour: str | None = motifs.PLAIN) -> str:
    """Like `motif_url`, but a long band in which the motif is repeated."""
    return _motif_address("motif-band", key, colour)


@register.filter
def motif_name(key: str) -> str:
    """`{{ card.motif|motif_name }}`: what the motif is called, for its picture's alt text."""
    known = motifs.motifs().get(key)
    return known.name if known else key


# Stylesheets -------------------------------------------------------------------------------
@register.simple_tag
def sheet(name: str) -> SafeString:
    """`{% sheet "shop" %}`: the stylesheets of a kind of page; one joined file where it is served."""
    is_joined = getattr(staticfiles_storage, "joins_sheets", False)
    files = (styles.joined_name(name),) if is_joined else styles.SHEETS[name]
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in files)
    )


# Icons and stitches ------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """`{% icon "bundle" %}`: an inline picture without a spoken name; put a word beside it."""
    return icons.svg(name, size)


@register.simple_tag
def stitches(kind: hundred.Kind) -> SafeString:
    """`{% stitches "wool" %}`: two stitches of a kind of money, with its mark."""
    return hundred.swatch(kind)


@register.inclusion_tag("components/hundred.html")
def hundred_stitches(parts: Sequence[hundred.Part]) -> dict[str, object]:
    """`{% hundred_stitches parts %}`: a hundred stitches, and the list with exact amounts."""
    counted = hundred.shares(parts)
    rows = [(hundred.swatch(share.kind), share) for share in counted]
    return {"chart": hundred.chart(counted), "rows": rows}
