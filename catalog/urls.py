"""A piece's own page."""

from django.urls import path

from catalog import views

urlpatterns = [
    path("piece/<str:tag>/", views.piece, name="piece"),
]
