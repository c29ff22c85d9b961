"""The first words of a new house's pages, in each language. Editors change them in the office."""

import uuid
from typing import Any

# Pages of text are found again by a key that every house derives alike.
_NAMESPACE = uuid.UUID("6a1c5f4e-7d0b-4a53-9c86-3a4b0f2d9e11")


def page_key(key: str) -> uuid.UUID:
    """The translation key of a page of text."""
    return uuid.uuid5(_NAMESPACE, key)


def _heading(text: str) -> tuple[str, Any]:
    return ("heading", text)


def _paragraph(html: str) -> tuple[str, Any]:
    return ("paragraph", html)


def _facts(caption: str, *rows: tuple[str, str]) -> tuple[str, Any]:
    return (
        "facts",
        {"caption": caption, "rows": [{"label": label, "value": value} for label, value in rows]},
    )


HOME: dict[str, dict[str, Any]] = {
    "es": {
        "title": "Inicio",
        "heading": "Tejemos un lago.",
        "lead": "Alpaca tejida a mano a 3 810 metros, por mujeres que llevan juntas su tienda, "
        "su lana y sus cuentas.",
        "search_description": "Títeres, chullos, guantes y mantas de alpaca, tejidos a mano por "
        "una cooperativa de mujeres.",
    },
    "en": {
        "title": "Home",
        "heading": "We knit a lake.",
        "lead": "Alpaca knitted by hand at 3,810 metres, by women who keep their shop, their wool "
        "and their books together.",
        "search_description": "Finger puppets, hats, gloves and blankets of alpaca, knitted by "
        "hand by a women’s cooperative.",
    },
}

SHOP: dict[str, dict[str, Any]] = {
    "es": {
        "title": "Tienda",
        "heading": "Todo lo que hay en la mesa",
        "lead": "Lo que está listo sale esta semana. Lo que falta se teje para ti.",
        "search_description": "Piezas de alpaca listas, piezas únicas y piezas que se tejen a "
        "pedido.",
    },
    "en": {
        "title": "Shop",
        "heading": "Everything on the table",
        "lead": "What is ready leaves this week. What is not is knitted for you.",
        "search_description": "Pieces of alpaca that are ready, one of a kind, or knitted to "
        "order.",
    },
}

PAGES: dict[str, dict[str, dict[str, Any]]] = {
    "how-we-work": {
        "es": {
            "title": "Cómo trabajamos",
            "slug": "como-trabajamos",
            "show_in_menus": True,
            "lead": "Nadie manda sola: las reglas se votan, el trabajo se reparte y las cuentas "
            "se leen.",
            "body": [
                _heading("De un pedido a una pieza"),
                _paragraph(
                    "<p>Un pedido se reparte entre las que saben tejerlo y tienen horas libres. "
                    "Quien lo acepta sabe desde ese momento cuánto se le pagará, y ese precio ya "
                    "no cambia para ella.</p><p>La lana se entrega por peso. La pieza terminada la "
                    "revisa otra compañera; cuando pasa, recibe su etiqueta.</p>"
                ),
                _facts(
                    "Lo que acordamos",
                    ("Decisiones", "Por mayoría, en asamblea"),
                    ("Pagos", "Los firman dos personas, y ninguna es quien cobra"),
                    ("Lana", "Se pesa al salir y al volver"),
                    ("Cuentas", "Un libro abierto, con totales para todo el mundo"),
                ),
                _heading("Por qué no ponemos nombres"),
                _paragraph(
                    "<p>Lo que una mujer gana es asunto suyo. Por eso nuestras páginas no dicen "
                    "quién tejió cada pieza ni cuándo, salvo que ella lo quiera.</p>"
                ),
            ],
        },
        "en": {
            "title": "How we work",
            "slug": "how-we-work",
            "show_in_menus": True,
            "lead": "Nobody rules alone: rules are voted, work is shared out, and the books are "
            "read by all.",
            "body": [
                _heading("From an order to a piece"),
                _paragraph(
                    "<p>An order is shared among those who can knit it and have hours free. Whoever "
                    "takes it on knows from that moment what she will be paid, and for her that "
                    "price no longer changes.</p><p>Wool is handed out by weight. Another member "
                    "looks at the finished piece; when it passes, it gets its tag.</p>"
                ),
                _facts(
                    "What we agreed",
                    ("Decisions", "By majority, in the assembly"),
                    ("Payments", "Signed by two people, neither of them the one who is paid"),
                    ("Wool", "Weighed when it leaves and when it returns"),
                    ("Books", "An open book, with totals for everybody"),
                ),
                _heading("Why we give no names"),
                _paragraph(
                    "<p>What a woman earns is her own affair. So our pages do not say who knitted a "
                    "piece, or when, unless she wants it.</p>"
                ),
            ],
        },
    },
    "visit-us": {
        "es": {
            "title": "Visítanos",
            "slug": "visitanos",
            "show_in_menus": True,
            "lead": "Vivimos alrededor del lago. Escríbenos antes de venir, y habrá té.",
            "body": [
                _paragraph(
                    "<p>Quien recoge su pedido en persona lo paga al recogerlo y puede ver cómo se "
                    "teje. En época de siembra y de cosecha avisa con más días.</p>"
                ),
            ],
        },
        "en": {
            "title": "Visit us",
            "slug": "visit-us",
            "show_in_menus": True,
            "lead": "We live around the lake. Write before you come, and there will be tea.",
            "body": [
                _paragraph(
                    "<p>If you fetch your order in person you pay when you fetch it, and you can "
                    "see how it is knitted. At sowing and at harvest, give us a few days more.</p>"
                ),
            ],
        },
    },
}
