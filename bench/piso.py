"""The floor: what no page can cost less than. Session, person, two queries, a small template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from territorio.models import Departamento
from tramites.models import AsuetoExtra


@login_required
def piso(request: HttpRequest) -> HttpResponse:
    """The least that a page of a signed-in person does."""
    contexto = {
        "departamentos": list(Departamento.objects.order_by("pk")[:10]),
        "asuetos": list(AsuetoExtra.objects.order_by("pk")[:10]),
    }
    return render(request, "bench/piso.html", contexto)
