"""Every write of the members' screens' own rows."""

from coop.portal.services.questions import answer_pay_question, ask_about_pay
from coop.portal.services.recordings import keep_recording, remove_recording

__all__ = ["answer_pay_question", "ask_about_pay", "keep_recording", "remove_recording"]
