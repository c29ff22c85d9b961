"""The members' screens, under /m/."""

from look.kinds.kind import Kind

MEMBERS = (
    Kind("m-pictures", "members", "portal:login"),
    Kind("m-pin", "members", "portal:pin", example="pin-card"),
    Kind("m-pin-wrong", "members", "portal:pin", example="pin-card", act="wrong_pin"),
    Kind("m-locked", "members", "portal:locked"),
    Kind("m-kit", "members", "portal:kit"),
    Kind("m-home", "members", "portal:home", role="member"),
    Kind("m-home-junta", "members", "portal:home", role="president"),
    Kind("m-home-honorary", "members", "portal:home", role="honorary member"),
    Kind("m-work", "members", "portal:work", role="member"),
    Kind("m-not-for-her", "members", "portal:work", role="honorary member", status=403),
    Kind("m-offer", "members", "portal:assignment", example="offer", role="member"),
    Kind(
        "m-offer-less", "members", "portal:assignment", example="offer", role="member", act="less"
    ),
    Kind("m-offer-day", "members", "portal:assignment", example="offer", role="member", act="day"),
    Kind("m-assignment", "members", "portal:assignment", example="assignment", role="member"),
    Kind("m-chart", "members", "portal:chart", example="assignment", role="member"),
    Kind("m-earnings", "members", "portal:earnings", role="member"),
    Kind("m-earnings-open", "members", "portal:earnings", role="member", act="lift_cloths"),
    Kind("m-entry", "members", "portal:entry", example="entry-of-member", role="member"),
    Kind("m-receipt", "members", "portal:entry", example="sealed-entry", role="member"),
    Kind("m-check", "members", "portal:check", example="language"),
    Kind("m-by-order", "members", "portal:by-order", role="member"),
    Kind("m-by-order-open", "members", "portal:by-order", role="member", act="lift_cloths"),
    Kind("m-ask-pay", "members", "portal:ask-pay", role="member"),
    Kind("m-wool", "members", "portal:wool", role="member"),
    Kind("m-book", "members", "portal:book", role="member"),
    Kind("m-card-unknown", "members", "portal:card", example="nowhere", status=404),
    Kind("m-phone", "members", "portal:phone", role="member"),
    Kind("m-away", "members", "portal:away", example="language"),
    Kind("m-own-pin", "members", "portal:own-pin", role="vocal"),
    Kind("m-sign", "members", "portal:sign", role="president"),
    Kind("m-count", "members", "portal:count", role="president"),
    Kind("m-count-box", "members", "portal:count-box", example="box", role="president"),
    Kind("m-counted", "members", "portal:counted", example="count", role="president"),
    Kind("m-hand-box", "members", "portal:hand-box", example="handing", role="president"),
    Kind("m-sign-day", "members", "portal:sign-day", example="pay-day", role="president"),
    Kind("m-sign-payment", "members", "portal:sign-payment", example="to-sign", role="president"),
)
