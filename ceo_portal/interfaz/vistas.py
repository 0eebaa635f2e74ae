"""The pages that belong to no app: the front door, help and accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def portada(request: HttpRequest) -> HttpResponse:
    """The front door, at `/`."""
    return render(request, "paginas/portada.html")


@require_safe
def ayuda(request: HttpRequest) -> HttpResponse:
    """How to use the portal, whom to call and where the counters are."""
    return render(request, "paginas/ayuda.html")


@require_safe
def accesibilidad(request: HttpRequest) -> HttpResponse:
    """What the portal promises to whoever uses it with aids, and how to claim it."""
    return render(request, "paginas/accesibilidad.html")
