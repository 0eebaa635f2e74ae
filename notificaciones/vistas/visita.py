"""Whether a page was asked for by a person's click in the portal."""

from django.http import HttpRequest

# Where a browser or a mail program says that it fetches by itself, before anybody asks to see it.
PROPOSITO = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
# A page of the account links to no notice: it sends on to where somebody wanted to go before signing in.
PUERTA = "cuenta/"
VISITA = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def abierto_desde_el_portal(request: HttpRequest) -> bool:
    """Whether this GET is a person's click on a link of the portal, and nothing less.

    Neither a browser by itself (prefetch, preview, part of a file) nor another site (a redirect, a
    picture, a frame) nor a mail's link: these bear no page of ours as their origin. Browsers without
    Fetch Metadata (W3C) are judged by their Referer. Coming from the sign-in is coming from outside.
    """
    if request.method != "GET" or "Range" in request.headers or _por_anticipado(request):
        return False
    procedencia = {nombre: request.headers[nombre] for nombre in VISITA if nombre in request.headers}
    if procedencia and procedencia != VISITA:
        return False
    origen, propio = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    if not origen:
        return bool(procedencia)
    return origen.startswith(propio) and not origen.startswith(propio + PUERTA)


def _por_anticipado(request: HttpRequest) -> bool:
    dichos = " ".join(request.headers.get(nombre, "") for nombre in PROPOSITO).lower()
    return any(palabra in dichos for palabra in ("prefetch", "prerender", "preview"))
