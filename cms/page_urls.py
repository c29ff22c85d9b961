"""Pages of ours below a language, beside those of Wagtail's tree."""

from django.urls import path

from cms import styleguide

urlpatterns = [path("styleguide/", styleguide.styleguide, name="styleguide")]
