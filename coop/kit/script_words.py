"""What Wagtail's script says in the office, in the reader's language.

Wagtail answers with Django's view, which reads every catalogue anew and compiles a template for
each page that somebody opens. The words change only with the code: here they are made once for
each language and kept, so that nothing is left that could fail while many are at work.
"""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

_made = JavaScriptCatalog.as_view(packages=["wagtail.admin"])


@lru_cache
def words_of(language: str) -> bytes:
    """The script with every sentence in a language; two who ask at once may both make it."""
    asked = HttpRequest()
    asked.method = "GET"
    with override(language):
        answer = _made(asked)
    assert isinstance(answer, HttpResponse)  # noqa: S101 - the catalogue is no stream
    return answer.content


@require_safe
def script_words(request: HttpRequest) -> HttpResponse:
    """The catalogue in the language in which this person reads the office."""
    return HttpResponse(
        words_of(get_language() or "es"), content_type='text/javascript; charset="utf-8"'
    )
