"""By card and card wallets, through Stripe Checkout.

The way of a payment: `opening` makes the session and sends the customer there; `settling` is the
one service that return page, webhook (`events`) and `sync` call; `movements` books what moved in
Stripe's own account of our money; `refunding`, `disputes` and `payouts` follow theirs. `gateway`
is the only room that speaks with Stripe, and hands on plain values.
"""
