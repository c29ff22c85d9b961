"""Every way to pay, in the order in which the checkout offers them."""

from orders.shop.providers.base import register
from orders.shop.providers.pick_up.provider import PickUp
from orders.shop.providers.stripe.provider import Card
from orders.shop.providers.terms.provider import Terms
from orders.shop.providers.transfer.provider import Transfer
from orders.shop.providers.wallet.provider import Wallet

for _one in (Card(), Transfer(), Wallet(), PickUp(), Terms()):
    register(_one)
