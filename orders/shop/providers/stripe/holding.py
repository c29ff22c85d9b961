"""How long pieces are held for somebody who pays by card."""

from datetime import timedelta

#: Stripe's shortest is 30 minutes from when it is asked; one more for the way there.
HOLD = timedelta(minutes=31)
