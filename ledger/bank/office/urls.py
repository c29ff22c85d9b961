"""Addresses below /office/bank/."""

from django.urls import path

from ledger.bank.office import imports, lines, statements

app_name = "bank_office"
urlpatterns = [
    path("", statements.index, name="index"),
    path("import/", imports.upload, name="import"),
    path("import/<int:pk>/", imports.columns, name="columns"),
    path("statement/<int:number>/", statements.statement, name="statement"),
    path("statement/<int:number>/confirm/", statements.confirm, name="confirm"),
    path("statement/<int:number>/match/", statements.match, name="match"),
    path("statement/<int:number>/undo/<int:match>/", statements.undo, name="undo"),
    path("statement/<int:number>/write/", statements.write_as_proposed, name="write-as-proposed"),
    path("statement/<int:number>/closing/", statements.closing, name="closing"),
    path("statement/<int:number>/withdraw/", statements.withdraw, name="withdraw"),
    path("statement/<int:number>/line/<int:pk>/", lines.line, name="line"),
    path("statement/<int:number>/line/<int:pk>/write/", lines.write, name="write"),
    path("statement/<int:number>/line/<int:pk>/ask/", lines.ask, name="ask"),
]
