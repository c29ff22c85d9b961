"""Her phone: the worker, the app's card, the offline page, what is kept, and saving data."""

import json

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from coop.portal.access import anyone, private, screen, who_is_in
from coop.portal.offline import kept, saver, shell, sizes
from coop.portal.standing import Standing

_NOTHING_KEPT = {"isSame": False, "pages": {}, "money": {}, "pictures": [], "sounds": []}
_SCRIPT = "text/javascript; charset=utf-8"

#: Ends a worker on every phone, and takes nothing with it but what can be fetched again.
_FAREWELL = """addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));
"""


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """`/m/sw.js`: a few lines around the worker's module; other ones whenever the shell changes."""
    if not settings.MEMBERS_OFFLINE:
        return HttpResponse(_FAREWELL, content_type=_SCRIPT)
    made = shell.shell()
    module = json.dumps(static(shell.WORKER))
    text = f"import {{ serve }} from {module};\nserve({json.dumps(made.as_json())});\n"
    return HttpResponse(text, content_type=_SCRIPT)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The app's card on a phone. Its name and icon say neither whose it is nor what it is for."""
    card = {
        "id": reverse("portal:home"),
        "name": _("Yarn ball"),
        "short_name": _("Yarn ball"),
        "start_url": reverse("portal:home"),
        "scope": reverse("portal:home"),
        "display": "standalone",
        "background_color": "#FDF9F1",
        "theme_color": "#6B0E29",
        "icons": [
            {"src": static("img/app-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/app-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/app-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    response = JsonResponse(card, content_type="application/manifest+json")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def away(request: HttpRequest, language: str) -> HttpResponse:
    """The page that phones keep for where there is no signal. The same for everybody."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(shell.away_page(language))
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@csp_exempt()  # type: ignore[arg-type] # told of views without arguments alone
def check(request: HttpRequest, language: str) -> HttpResponse:
    """The page that checks receipts, with its own policy; phones keep it.

    Who opens it and is not in is led back to the open book; what a worker fetches to keep is hers.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    is_opened = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    is_stranger = is_opened and who_is_in(request) is None
    text, policy = shell.check_page(language, is_stranger=is_stranger)
    response = HttpResponse(text)
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Cookie", "Sec-Fetch-Mode"))
    return response


@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """Where the worker leads when a form could not go out. With signal there is nothing here."""
    return redirect("portal:home")


@require_safe
@gzip_page
def keep(request: HttpRequest) -> HttpResponse:
    """Her pages for her phone, sealed there; nothing again if they are those it `?have=`s.

    Compressed although she is in: nothing that others send stands in it, and no form's token.
    """
    standing = who_is_in(request)
    if standing is None or not settings.MEMBERS_OFFLINE:
        return private(JsonResponse(dict(_NOTHING_KEPT)))
    found = kept.pages_to_keep(request, standing)
    answer: dict[str, object] = {"until": int(found.until.timestamp() * 1000), "hash": found.hash}
    if request.GET.get("have") == found.hash:
        return private(JsonResponse({**answer, "isSame": True}))
    drawers = {"pages": found.pages, "money": found.money}
    sent = {
        name: {path: _as_kept(html) for path, html in pages.items()}
        for name, pages in drawers.items()
    }
    beside = {"pictures": found.pictures, "sounds": found.sounds}
    return private(JsonResponse({**answer, **beside, **sent}))


def _as_kept(html: str) -> str:
    """Mark the page as one out of the phone, so that its script takes no news from it."""
    return html.replace('data-source="house"', 'data-source="phone"', 1)


@require_safe
@screen(anyone)
def phone(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What this phone keeps and saves."""
    context = {
        "standing": standing,
        "is_saving": saver.saves_data(request),
        "saved": sizes.saved_for(standing),
    }
    return saver.vary(render(request, "portal/offline/phone.html", context))


@require_POST
def save_data(request: HttpRequest) -> HttpResponse:
    """Switch saving on or off, on this phone."""
    response = redirect("portal:phone")
    saver.choose(request, response, is_on="on" in request.POST)
    return private(response)
