"""Every sentence that the members' screens say: a key, and its wording in each language.

The wording is the one on the screen (gettext). Whoever changes it makes the recordings of the
old one stale: they are no longer played, and are listed to be recorded again.
"""

from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The languages of sounds. Quechua and Aymara are recorded by the cooperative only.
LANGUAGES = {"es": "Español", "en": "English", "qu": "Runasimi", "ay": "Aymar aru"}
#: The slot in which each language says its own name.
LANGUAGE_KEY = "language"
#: Those whose words are on the screens; the others are told what to say in Spanish.
WRITTEN = ("es", "en")

PHRASES: dict[str, Promise | str] = {
    # Screens and the frame around them
    "home": pgettext_lazy("first screen", "Home"),
    "work": _("Work"),
    "earnings": _("Pay"),
    "wool": _("Wool"),
    "book": _("Book"),
    "sign": _("Sign"),
    "back": _("Back"),
    "help": _("Help"),
    "help-on": _("Touch once to listen, touch again to do it."),
    "help-off": _("Now one touch is enough."),
    "lock": _("Lock"),
    "unlock": _("Touch to open"),
    "leave": _("Log out"),
    "go-home": _("Go home"),
    "not-for-you": _("This page is not for you. Go back home."),
    "nothing-there": _("There is nothing here. Go back home."),
    "before": _("Before"),
    "more": _("More"),
    "waiting": _("Something waits for you here."),
    # Coming in
    "touch-picture": _("Touch your picture"),
    "type-number": _("Type your number, digit by digit."),
    "come-in": pgettext_lazy("go in", "In"),
    "rub-out": _("Rub out"),
    "own-number": _(
        "Whoever gave you your number may know it. Think of another, four to six digits, and tell"
        " nobody. Then you can sign."
    ),
    "type-again": _("Type the same number once more."),
    "this-one": _("It is this one"),
    "next-number": pgettext_lazy("a number", "Next"),
    "other-picture": _("That is not my picture"),
    "with-email": _("With e-mail"),
    "wrong-pin": _("That is not the right number. Try again."),
    "one-try-left": _("One try is left."),
    "two-tries-left": _("Two tries are left."),
    "rest-until": pgettext_lazy("a time of day follows", "Too many tries. Rest until"),
    "rest-a-while": _("Too many tries. Rest a while."),
    "ask-new-number": _("Or ask the secretary for a new number."),
    "card-stopped": _("This card no longer works. Ask for a new one, or touch your picture."),
    "no-picture": _("No picture has been given out yet."),
    # Work
    "take": _("Yes, I do it"),
    "not-me": _("Not me"),
    "sure-not-me": _("I am sure: not me"),
    "somebody-else": _("Then somebody else is asked. Are you sure?"),
    "why-me": _("Why me?"),
    "less": pgettext_lazy("work", "Less"),
    "other-day": pgettext_lazy("another day", "Later"),
    "how-many": _("How many do you take?"),
    "one-less": _("One less"),
    "one-more": _("One more"),
    "so-many": _("Yes, so many"),
    "others-go-back": _("The others go back to be shared out."),
    "which-day": _("By which day can you bring it?"),
    "days-later": pgettext_lazy("so many days", "later"),
    "by-that-day": _("Yes, by that day"),
    "office-asked": _("Then the office is asked."),
    "taken-part": _("You have taken these on. Fetch your wool."),
    "taken-day": _("It is yours, by that day. Fetch your wool."),
    "asked-day": _("You asked for another day. The office answers you here."),
    "day-granted": _("The office says yes: by this day."),
    "day-refused": _("Another day is not possible. Can you do it by this day?"),
    "new-work": _("New work"),
    "my-work": _("My work"),
    "taken": _("You have taken it on. Fetch your wool."),
    "given-back": _("Good. Somebody else is asked."),
    "went-back": _("This work went back."),
    "no-work": _("No work is waiting for you now."),
    "number-appears": _("When something comes for you, a number stands here, on the first screen."),
    "to-fetch": _("Wool to fetch"),
    "see-chart": _("See the chart"),
    "next-row": _("The next row"),
    "row-before": _("The row before"),
    "bring": _("Bring what is ready to the storekeeper. She writes it down."),
    "still-to-knit": _("Still to knit"),
    "looked-at": _("Being looked at"),
    "to-mend": _("To mend"),
    "found-good": _("Found good"),
    "today": _("Today"),
    "late": _("Its day has passed"),
    # Pay
    "owed": _("They owe me"),
    "i-owe": _("I owe"),
    "earned": _("I earned"),
    "earned-it": _("earned"),
    "paid": _("They paid me"),
    "owed-after": _("They owed me after that"),
    "taken-off": _("Taken off"),
    "undone": _("Undone"),
    "see-how-much": _("Touch the eye to see how much."),
    "see": _("See"),
    "cover": _("Cover"),
    "newest": _("The newest"),
    "one-by-one": _("One by one"),
    "no-pay": _("When your first piece is good, your pay stands here."),
    "paid-wrong": _("Was I paid wrong?"),
    "what-is-wrong": _("What is wrong?"),
    "too-little": _("It is too little"),
    "piece-missing": _("A piece of mine is missing"),
    "of-which-work": _("Of which work?"),
    "another-work": _("Of another one"),
    "shall-we-ask": _("Then the treasurer looks at it. Shall we ask her?"),
    "ask-her": _("Yes, ask her"),
    "not-received": _("I did not receive it"),
    "asked-treasurer": _("The treasurer looks at it and answers you here."),
    "answered": _("The treasurer answers you"),
    "all-good": _("All is well"),
    "paper-with-code": _("Paper with a code"),
    "file-to-check": _("File to check"),
    "check-it": _("Check it"),
    "receipt-proves": _(
        "This paper proves what they wrote down for you, also if somebody changed the books."
    ),
    "receipt-care": _(
        "Whoever holds the paper, or this phone after you keep it here, can read the amount. The"
        " treasurer can print it for you."
    ),
    "earlier-years": _("Earlier years"),
    "order-in-book": _("This order in our book"),
    "earlier-months": _("Earlier months"),
    "only-above": _("Only what stands above."),
    "receipt-soon": _("Your receipt is ready soon: it is sealed with the next entries."),
    "money-ready": _("Money is ready for you."),
    "how-much": _("How much it is"),
    "money-on-its-way": _(
        "Money is on its way to you: two have signed, and it comes by the bank or to your phone."
    ),
    "say-this-number": _("Money is ready for you. Say this number when you have it in your hand:"),
    "number-stopped": _(
        "The number does not work any more: a wrong one was said five times. Draw your name when"
        " you have the money, or take somebody with you who sees it."
    ),
    "order-by-order": _("Order by order"),
    "for-a-hotel": _("For a hotel or a shop"),
    "for-a-customer": _("For a customer"),
    "for-the-store": _("For our store"),
    "pay-is-here": _("You were paid for it"),
    "pay-is-owed": _("Its pay is owed to you"),
    "not-good-yet": _("Not yet found good"),
    "to-earn": _("I am still to earn"),
    "not-for-an-order": _("Not for an order"),
    "taken-off-is-paid": _("What was taken off your pay counts here as paid."),
    # Wool, book, signing
    "in-my-hands": _("in my hands"),
    "no-wool": _("You have no wool in your hands."),
    "wool-with-work": _("Wool is given to you when you take on work."),
    "fetch-wool": _("Fetch this wool from the storekeeper."),
    "see-my-work": _("See my work"),
    "our-money": _("Our money"),
    "place-box": pgettext_lazy("place of money", "Cash box"),
    "place-bank": pgettext_lazy("place of money", "Bank"),
    "place-wallet": pgettext_lazy("place of money", "Phone wallet"),
    "place-others": pgettext_lazy("place of money", "Held for us by others"),
    "place-hands": pgettext_lazy("place of money", "In somebody's hands, to account for"),
    "owed-to-knitters": _("Owed to those who knit"),
    "finished-pieces": _("Finished pieces"),
    "what-happened": _("What happened"),
    "came-in": pgettext_lazy("money", "Came in"),
    "went-out": pgettext_lazy("money", "Went out"),
    "knitters-earned": _("Those who knit earned"),
    "knitters-were-paid": _("Those who knit were paid"),
    "told-in-totals": _(
        "What single members earned and were paid is told in totals only, as the assembly decided."
    ),
    "month-told-when": _(
        "A month is told when it is closed, or when the month after it is over too; together with"
        " the next ones where fewer than three women were paid."
    ),
    "no-month-told": _(
        "No month can be told yet: it must be closed, or the month after it be over too, and three"
        " women or more paid."
    ),
    "where-it-went": _("Where it went"),
    "where-it-came-from": _("Where it came from"),
    "what-it-was-paid-for": _("What it was paid for"),
    "hundred-stitches": _("Each stitch is one of every hundred soles that went out."),
    "went-to-maker": _("Paid to those who knit"),
    "went-to-wool": _("Wool, and advances to buy it"),
    "went-to-shipping": _("Rent, transport, sending"),
    "went-to-fees": _("Fees"),
    "went-to-fund": _("Everything else"),
    "pieces-of-book": _("Pieces"),
    "whole-book": _("The whole book"),
    "look-for-it": _("Look for it"),
    "nothing-like-that": _("Nothing like that stands in the book."),
    "nothing-of-order": _(
        "Nothing of this order is in the book yet: it is written when the customer pays, and when"
        " it goes out."
    ),
    "nothing-written": _("Nothing is written yet."),
    "i-sign": _("I sign"),
    "yes-sign": _("Yes, I sign this"),
    "not-now": _("Not now"),
    "she-is-owed": _("She is owed"),
    "more-than-owed": _("More than she is owed."),
    "see-paper": _("See the paper"),
    "next-paper": pgettext_lazy("a paper", "Next"),
    "not-this-one": _("Not this one"),
    "sign-all": _("Yes, I sign all of them"),
    "look-once-more": _("Look at them once more"),
    "look-and-sign": _("Look and sign"),
    "signed": _("You signed. One more signs."),
    "nothing-to-sign": _("Nothing waits for your signature."),
    "is-it-right": _("Is that right?"),
    "she-wants-it": _("Yes, she wants it"),
    "call-off": _("No, call it off"),
    "only-you-know": _("Only you know your PIN now. Your signature counts."),
    "waits-no-more": _("This payment waits for nobody any more."),
    "nothing-signed": _("Nothing was signed: look once more."),
    "ask-her-first": _("Ask her first whether she wanted it."),
    "she-receives-this": _("She receives this. Is that right?"),
    "look-at-all": _("Look at all and sign"),
    "all-left-out": _("You left all of them out: nothing is signed."),
    "more-than-owed-one-by-one": _(
        "Some would receive more than they are owed: look at those one by one."
    ),
    # The cash boxes
    "count-a-box": _("Count a cash box"),
    "look-at-it": _("Look at it"),
    "count-it": _("Count it"),
    "no-box": _("There is no cash box yet. The treasurer opens one."),
    "two-count": _("Two count aloud: how many are there of each?"),
    "that-is-all": _("That is all that is there"),
    "as-the-books": _("It is just what the books say."),
    "so-much-missing": _("So much is missing:"),
    "so-much-over": _("So much is there too much:"),
    "counted-the-same": _("I counted the same"),
    "with-your-own-hands": _("Did you count it with your own hands?"),
    "yes-counted-the-same": _("Yes, I counted the same"),
    "counted-the-same-draw": _("You counted the same? Draw your name with your finger."),
    "own-number-shows": _("Type your own number. It shows that you say this yourself."),
    "says-it-on-her-phone": _(
        "She has no number of her own yet. She says it on her own phone: nobody says it for her."
    ),
    "draws-and-types": _(
        "She draws her name and types her own number. Or she says it on her own phone: there it"
        " waits for her."
    ),
    "count-anew": _("Count it anew"),
    "who-counted": _("Who counted with you?"),
    "two-have-counted": _("Two have counted it. It is in the books."),
    "whole-numbers": _("Count how many there are: a whole number, zero or more."),
    "changes-hands": _("See how it changes hands"),
    "box-changes-hands": _("Does this box go from one to the other, with so much in it?"),
    "both-sign": _("Yes: both sign"),
    "she-is-not-here": _("She is not here: two others sign for her"),
    "who-receives": _("Who receives the box?"),
    "hand-over": _("Hand the box over"),
    "box-is-hers": _("The box is with her now."),
    "handing-ended": _(
        "This handing over has ended: the box was counted anew, money went in or out, or somebody"
        " else has it."
    ),
    "wipe-out": _("Wipe it out"),
    "draw-your-name": _("Draw your name with your finger."),
    "she-signs-here": _("She signs here"),
    "i-sign-it-was-so": _("I sign that it was so"),
    "not-in-time": _("Money that was not accounted for in time:"),
    "ready-for-you": _("Money is ready for you. Say this number when you have it in your hand:"),
    # A box that changes hands
    "box-went-away": _("A cash box was with you. While you were away it went to another."),
    "signed-for-you-why": _("Two others signed in your place. They say why:"),
    "two-sign-for-her-why": _("Why two others sign for her:"),
    "not-here": _("She is not here."),
    "box-wants-your-sign": _("A cash box changes hands: sign"),
    "called-off": _("It is called off. The box stays where it is."),
    "nobody-signs-now": _("Nobody needs to sign any more."),
    "counted-before-handing": _("To hand the box over, it is counted anew first."),
    "who-had-signed": _("See who had signed"),
    "need-not-sign": _("She did not sign, and need not any more."),
    "sign-counts-no-more": _("She signed, but it counts no more."),
    "nothing-to-receive": _("Nobody hands you a cash box now: there is nothing to receive."),
    "no-box-changes-hands": _("No cash box changes hands now: there is nothing to receive."),
    "nobody-to-receive": _("There is nobody to hand the box to."),
    "box-stays": _("Then the box stays where it is. Is that right?"),
    "who-signs-with-you": _("Who signs with you?"),
    "another-of-junta": _("Another of the Junta signs here"),
    "call-it-off": _("Call it off"),
    "yes-call-it-off": _("Yes, call it off"),
    "saw-the-box-draw": _("You saw what lay in the box? Draw your name with your finger."),
    # A payment that one refuses
    "i-refuse-it": _("No, I refuse it"),
    "amount-not-right": _("The amount is not right"),
    "for-somebody-else": _("It is for somebody else"),
    "unknown-purpose": _("I do not know what it is for"),
    "paid-already": _("It was paid already"),
    "then-nobody-pays": _("Then nobody pays it. Whoever asked for it reads why, and can ask anew."),
    "i-refuse": _("I refuse it"),
    "yes-i-refuse": _("Yes, I refuse it"),
    "you-refused": _("You refused it. Whoever asked for it reads why."),
    "refused-yours": _("What you asked for was refused:"),
    # Without signal
    "again": _("Try again"),
    "understood": _("I understand"),
    "no-signal": _(
        "There is no signal here. Nothing is lost: what you pressed waits in the phone."
    ),
    "waits-in-phone": _(
        "Your answer waits in the phone. It goes out by itself when there is signal and you are in."
    ),
    "phone-full": _(
        "The phone is full and there is no signal: your answer could not be kept."
        " Press again when there is signal."
    ),
    "not-sent": _("This needs signal. It was not sent: press again when there is signal."),
    "number-opens": _("Your number opens your work, also without signal."),
    "kept-no-longer": _("The phone keeps your work no longer. Come in when there is signal."),
    "no-longer-offered": _("This work is no longer offered. Ask the storekeeper for other work."),
    "work-changed": _("This work has changed: its pay or its day. Look at it, and answer again."),
    "phone": _("This phone"),
    "save-data": _("Save data"),
    "keep-work": _("Keep my work"),
    "keep-work-how": _(
        "Only if this phone is yours. It keeps your work and your wool for three days, behind your"
        " number. Never your pay. “Log out” takes everything off it."
    ),
    "keep-money": _("Keep the amounts too"),
    "keep-money-how": _(
        "While you are in, they open without signal too, and go when you lock. If you say yes here,"
        " they stay for three days, with amounts, behind your number."
    ),
    "keep-money-danger": _(
        "Whoever knows your number, or makes you type it, sees what you earn. If you are afraid of"
        " somebody at home, leave it at No."
    ),
    "so-it-stood": _("No signal. So it was when there was signal last."),
    "nothing-here": _("There is nothing here for you yet."),
    # Months, as Django calls them
    **{f"month-{number}": name for number, name in MONTHS.items()},
    # Units, one and many
    "piece": pgettext_lazy("unit", "piece"),
    "pieces": pgettext_lazy("unit", "pieces"),
    "day": pgettext_lazy("unit", "day"),
    "days": pgettext_lazy("unit", "days"),
    "gram": pgettext_lazy("unit", "gram"),
    "grams": pgettext_lazy("unit", "grams"),
    "pen": pgettext_lazy("unit", "sol"),
    "pens": pgettext_lazy("unit", "soles"),
    "bob": pgettext_lazy("unit", "boliviano"),
    "bobs": pgettext_lazy("unit", "bolivianos"),
    "usd": pgettext_lazy("unit", "dollar"),
    "usds": pgettext_lazy("unit", "dollars"),
    "eur": pgettext_lazy("unit", "euro"),
    "eurs": pgettext_lazy("unit", "euros"),
    "gbp": pgettext_lazy("unit", "pound"),
    "gbps": pgettext_lazy("unit", "pounds"),
    "cent": pgettext_lazy("unit", "céntimo"),
    "cents": pgettext_lazy("unit", "céntimos"),
    "with": pgettext_lazy("3 soles with 50 céntimos", "with"),
}


@dataclass(frozen=True)
class Word:
    """Something that is said in one breath: its slot, and its wording in Spanish and English."""

    key: str
    es: str
    en: str

    def wording(self, language: str) -> str:
        """What is read to record it; in Spanish where we do not write the language."""
        return self.en if language == "en" else self.es


@cache
def phrase(key: str) -> Word:
    """The sentence of that key. Raises KeyError."""
    text = PHRASES[key]
    found = []
    for language in WRITTEN:
        with translation.override(language):
            found.append(str(text))
    return Word(key, *found)


@cache
def by_wording() -> dict[str, Word]:
    """Sentences by what stands on the screen, in either language: a message finds its sound."""
    words = [phrase(key) for key in PHRASES]
    return {word.en: word for word in words} | {word.es: word for word in words}
