"""Addresses below /office/phones/."""

from django.urls import path

from coop.portal.office import cards, questions, sounds

app_name = "portal_office"
urlpatterns = [
    path("cards/", cards.sheet, name="cards"),
    path("cards/<str:code>/", cards.card, name="card"),
    path("cards/<str:code>/print/", cards.one, name="print-card"),
    path("cards/<str:code>/replace/", cards.replace, name="replace-card"),
    path("sounds/", sounds.index, name="sounds"),
    path("sounds/<int:pk>/remove/", sounds.remove, name="remove-sound"),
    path("sounds/<str:language>/<str:key>/", sounds.record, name="record"),
    path("questions/", questions.index, name="questions"),
    path("questions/<int:pk>/", questions.answer, name="answer"),
]
