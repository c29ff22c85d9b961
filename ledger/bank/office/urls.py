"""Addresses below /office/bank/."""

from django.urls import path

from ledger.bank.office import deeds, finding, imports, lines, rules, same, statements

app_name = "bank_office"
urlpatterns = [
    path("", statements.index, name="index"),
    path("find/", finding.find, name="find"),
    path("learned/", rules.learned, name="rules"),
    path("learned/<int:pk>/forget/", rules.forget, name="forget"),
    path("import/", imports.upload, name="import"),
    path("import/<int:pk>/", imports.columns, name="columns"),
    path("statement/<int:number>/", statements.statement, name="statement"),
    path("statement/<int:number>/confirm/", deeds.confirm, name="confirm"),
    path("statement/<int:number>/sure/", deeds.confirm_sure, name="sure"),
    path("statement/<int:number>/match/", deeds.match, name="match"),
    path("statement/<int:number>/undo/<int:match>/", deeds.undo, name="undo"),
    path("statement/<int:number>/accept/", deeds.accept, name="accept"),
    path("statement/<int:number>/closing/", statements.closing, name="closing"),
    path("statement/<int:number>/withdraw/", statements.withdraw, name="withdraw"),
    path("statement/<int:number>/line/<int:pk>/", lines.line, name="line"),
    path("statement/<int:number>/line/<int:pk>/write/", lines.write, name="write"),
    path("statement/<int:number>/line/<int:pk>/ask/", lines.ask, name="ask"),
    path("statement/<int:number>/line/<int:pk>/same/", same.say, name="same"),
    path("statement/<int:number>/line/<int:pk>/two/", same.take_back, name="two"),
    path("statement/<int:number>/line/<int:pk>/receive/", lines.receive, name="receive"),
]
