"""The members' screens, under /m/. No language in the address: each is spoken to in her own."""

from django.urls import path

from coop.portal.views import book, earnings, home, login, outbox, own_pin, phone, sign, wool, work

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", login.pictures, name="login"),
    path("login/<int:pk>/", login.pin, name="pin"),
    path("pin/", own_pin.own_pin, name="own-pin"),
    path("leave/", login.leave, name="leave"),
    path("language/", login.language, name="language"),
    path("work/", work.work, name="work"),
    path("work/<int:pk>/", work.assignment, name="assignment"),
    path("work/<int:pk>/chart/", work.chart, name="chart"),
    path("work/<int:pk>/yes/", work.take, name="take"),
    path("work/<int:pk>/no/", work.decline, name="decline"),
    path("earnings/", earnings.earnings, name="earnings"),
    path("earnings/<int:pk>/", earnings.entry, name="entry"),
    path("wool/", wool.wool, name="wool"),
    path("book/", book.book, name="book"),
    path("sign/", sign.waiting, name="sign"),
    path("sign/pin/<int:pk>/", sign.pin, name="confirm-pin"),
    path("sign/<int:pk>/", sign.payment, name="sign-payment"),
    path("sw.js", phone.worker, name="worker"),
    path("app.webmanifest", phone.manifest, name="manifest"),
    path("offline/", phone.unsent, name="unsent"),
    path("offline/<slug:language>/", phone.away, name="away"),
    path("kept/", phone.keep, name="keep"),
    path("phone/", phone.phone, name="phone"),
    path("phone/saver/", phone.save_data, name="saver"),
    path("outbox/", outbox.knock, name="outbox"),
    path("outbox/tell/", outbox.tell, name="tell"),
    path("outbox/<int:pk>/understood/", outbox.understood, name="understood"),
]
