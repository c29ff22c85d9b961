"""The sentences of the hosted page, in the two languages of the house."""

from tests.fake_stripe.currencies import digits

_WORDS: dict[str, tuple[str, str]] = {
    # First Spanish, then English.
    "title": ("Pagar con tarjeta", "Pay by card"),
    "rehearsal": (
        "Esto es un ensayo: no se mueve dinero y ninguna tarjeta real sirve.",
        "This is a rehearsal: no money moves, and no real card works.",
    ),
    "total": ("Total", "Total"),
    "number": ("Número de la tarjeta", "Card number"),
    "expiry": ("Vence (MM/AA)", "Expires (MM/YY)"),
    "cvc": ("Código de seguridad (CVC)", "Security code (CVC)"),
    "pay": ("Pagar", "Pay"),
    "back": ("Volver a la tienda", "Back to the shop"),
    "cards": ("Tarjetas para ensayar", "Cards to rehearse with"),
    "card_ok": ("paga", "pays"),
    "card_mastercard": ("paga (Mastercard)", "pays (Mastercard)"),
    "card_amex": ("paga (American Express)", "pays (American Express)"),
    "card_available": ("paga, y el dinero llega sin espera", "pays, and the money does not wait"),
    "card_3ds": ("el banco pregunta primero", "the bank asks first"),
    "card_declined": ("el banco la rechaza", "the bank declines it"),
    "card_declined_later": (
        "se puede guardar, y luego el banco la rechaza",
        "can be saved, and is then declined",
    ),
    "card_insufficient_funds": ("no tiene fondos", "has no funds"),
    "card_lost": ("perdida", "lost"),
    "card_stolen": ("robada", "stolen"),
    "card_expired": ("está vencida", "is expired"),
    "card_incorrect_cvc": ("su código no es correcto", "its code is not right"),
    "card_processing_error": ("algo falla en el banco", "something fails at the bank"),
    "card_disputed": ("paga y luego reclama", "pays, and then disputes it"),
    "shipping": ("Envío", "Shipping"),
    "wallet": ("Pagar con Google Pay (ensayo)", "Pay with Google Pay (test)"),
    "wrong_number": (
        "Ese número de tarjeta no es correcto. Revísalo, por favor.",
        "That card number is not right. Please check it.",
    ),
    "wrong_expiry": (
        "La fecha no es correcta o ya pasó. Escribe mes y año, como 08/30.",
        "The date is not right, or has passed. Write month and year, like 08/30.",
    ),
    "wrong_cvc": (
        "El código de seguridad tiene tres o cuatro cifras.",
        "The security code has three or four digits.",
    ),
    "generic_decline": (
        "El banco no aceptó la tarjeta. No se cobró nada. Prueba con otra.",
        "The bank declined the card. Nothing was charged. Please try another.",
    ),
    "insufficient_funds": (
        "La tarjeta no tiene fondos suficientes. No se cobró nada. Prueba con otra.",
        "The card has insufficient funds. Nothing was charged. Please try another.",
    ),
    "expired_card": (
        "La tarjeta está vencida. No se cobró nada. Prueba con otra.",
        "The card has expired. Nothing was charged. Please try another.",
    ),
    "incorrect_cvc": (
        "El código de seguridad no es correcto. No se cobró nada. Revísalo, por favor.",
        "The security code is not right. Nothing was charged. Please check it.",
    ),
    "processing_error": (
        "Algo falló en el banco. No se cobró nada. Prueba otra vez en un momento.",
        "Something failed at the bank. Nothing was charged. Try again in a moment.",
    ),
    "test_mode_live_card": (
        "Aquí solo sirven las tarjetas para ensayar. No se cobró nada.",
        "Only the cards to rehearse with work here. Nothing was charged.",
    ),
    "payment_intent_authentication_failure": (
        "Tu banco no confirmó que eres tú. No se cobró nada. Prueba otra vez o con otra tarjeta.",
        "Your bank did not confirm that it is you. Nothing was charged. Try again, or another card.",
    ),
    "ask_title": ("Tu banco pregunta", "Your bank asks"),
    "ask": ("¿Eres tú quien paga?", "Is it you who is paying?"),
    "complete": ("Sí, confirmar", "Yes, complete"),
    "fail": ("No, rechazar", "No, fail"),
    "paid_title": ("Ya está pagado", "It is paid"),
    "paid": (
        "Gracias. Este pago ya se hizo y no se cobrará otra vez.",
        "Thank you. This payment was made and will not be charged again.",
    ),
    "go_on": ("Seguir a la tienda", "Go on to the shop"),
    "expired_title": ("Esta página venció", "This page has expired"),
    "expired": (
        "No se cobró nada. Vuelve a la tienda y empieza el pago otra vez.",
        "Nothing was charged. Go back to the shop and begin the payment again.",
    ),
    "missing_title": ("Aquí no hay nada", "There is nothing here"),
    "missing": (
        "No encontramos este pago. Revise la dirección o vuelva a la tienda.",
        "We cannot find this payment. Check the address, or go back to the shop.",
    ),
}


class Words:
    """`words("pay")` in the language of a session, or of the browser when it leaves that open."""

    def __init__(self, locale: str | None, accepted: str) -> None:
        wanted = accepted if locale in {None, "auto"} else str(locale)
        self.language = "es" if wanted.lower().startswith("es") else "en"

    def __call__(self, name: str) -> str:
        spanish, english = _WORDS[name]
        return spanish if self.language == "es" else english

    def why_not(self, code: str | None) -> str:
        return self(code if code in _WORDS else "generic_decline")

    def money(self, amount: int, currency: str) -> str:
        """145,00 USD in Spanish, 145.00 USD in English."""
        places = digits(currency)
        whole, rest = divmod(amount, 10**places)
        groups, point = (".", ",") if self.language == "es" else (",", ".")
        shown = f"{whole:,}".replace(",", groups)
        cents = f"{point}{rest:0{places}d}" if places else ""
        return f"{shown}{cents} {currency.upper()}"
