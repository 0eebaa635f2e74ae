"""«Datos internos»: what the office leaves on record without deciding (F6)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.acciones.asentar_datos import asentar_datos
from tramites.consultas.expediente import internos_de
from tramites.models import Gestion

from .. import lectura
from ..formularios import InternosForm
from .expediente import pagina
from .personal import de_onsec, exigir_vista


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def internos(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The internal data, which their subject never sees."""
    exigir_vista(request, gestion, "datos_internos")
    if request.method != "POST":
        return redirect(_direccion(gestion, "internos"))
    form = InternosForm.con_los_de(gestion.definicion)(request.POST, instance=internos_de(gestion))
    if not form.is_valid():
        return pagina(request, gestion, form=form)
    asentar_datos(
        numero=gestion.numero,
        actor=request.user,
        version=form.cleaned_data["version"],
        datos=form.comunes(),
        propios=form.propios(),
        ahora=timezone.now(),
    )
    messages.success(request, "Se guardaron los datos internos.")
    lectura.volver(request, gestion)
    return redirect(_direccion(gestion, "internos"))


def _direccion(gestion: Gestion, ancla: str) -> str:
    return f"{reverse('revision', args=[gestion.numero])}#{ancla}"
