"""The seven steps: one address, one small view for each class of step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites import asistente, consultas
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.guarda import PasoPendiente, exigir_editable
from tramites.acciones.guardar_paso import guardar_paso
from tramites.acciones.leer_acta import leer_acta
from tramites.ciudadano.formularios import Confirmacion
from tramites.definicion import ClasePaso, Paso
from tramites.models import Gestion

from .titular import de_titular

ANULADO = "Usted cambió sus datos. Confirme de nuevo los pasos 4 y 5, y descargue el formulario."
SIN_DESCARGA = "Todavía no ha descargado el formulario. Lo necesita firmado como documento 1."


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def paso(request: HttpRequest, gestion: Gestion, clave: str) -> HttpResponse:
    """Show or take a step: ahead is closed until what precedes is valid, going back is free (B0)."""
    actual = gestion.definicion.paso(clave)
    if request.method == "POST":
        exigir_editable(gestion)
    elif not gestion.editable:
        return redirect("gestion", gestion.numero)
    completos = gestion.pasos_completos()
    if not asistente.esta_abierto(gestion.definicion, completos, actual):
        raise PasoPendiente(asistente.primer_pendiente(gestion.definicion, completos))
    return VISTAS[actual.clase](request, gestion, actual)


def pagina(request: HttpRequest, gestion: Gestion, actual: Paso, **contexto: Any) -> HttpResponse:
    """The step's page inside the wizard's frame."""
    tramite, completos = gestion.definicion, gestion.pasos_completos()
    marco = {
        "gestion": gestion,
        "tramite": tramite,
        "paso": actual,
        "anterior": asistente.anterior(tramite, actual),
        "pasos": [
            {
                "paso": p,
                "hecho": p.clave in completos,
                "abierto": asistente.esta_abierto(tramite, completos, p),
            }
            for p in tramite.pasos
        ],
    }
    return render(request, actual.plantilla, marco | contexto)


def _seguir(gestion: Gestion, actual: Paso) -> HttpResponse:
    siguiente = asistente.siguiente(gestion.definicion, actual)
    return redirect("paso", gestion.numero, (siguiente or actual).clave)


def _formulario(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Steps 1-3: whatever is typed is kept; «Continuar» goes on when it is valid."""
    hoy = timezone.localdate()
    texto = gestion.definicion.textos[f"paso{actual.numero}"]
    if request.method != "POST":
        return pagina(request, gestion, actual, form=gestion.formulario_abierto(actual, hoy), texto=texto)
    form = actual.clase_formulario(request.POST, contexto=gestion.contexto_paso(hoy))
    valido, accion = form.is_valid(), request.POST.get("accion", "continuar")
    anulada = guardar_paso(
        numero=gestion.numero,
        actor=request.user,
        clave=actual.clave,
        valores=form.valores() if valido else form.tecleado(),
        completa=valido,
        continuar=accion == "continuar",
        ahora=timezone.now(),
    )
    if accion == "autoguardar":
        return HttpResponse(status=204)
    if anulada:
        messages.warning(request, ANULADO)
    if accion == "salir":
        messages.success(request, "Guardamos lo que escribió. Puede seguir cuando quiera.")
        return redirect("gestion", gestion.numero)
    if not valido:
        return pagina(request, Gestion.de(request.user, gestion.numero), actual, form=form, texto=texto)
    for aviso in form.avisos():
        messages.info(request, aviso)
    if request.POST.get("volver"):
        # Came from the summary: back to it, or to the first step that the change re-opened.
        gestion = Gestion.de(request.user, gestion.numero)
        pendiente = asistente.primer_pendiente(gestion.definicion, gestion.pasos_completos())
        return redirect("paso", gestion.numero, pendiente.clave)
    return _seguir(gestion, actual)


def _acta(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 4: read only; its date is today's until step 5 fixes it (B4.3)."""
    if request.method == "POST":
        leer_acta(numero=gestion.numero, actor=request.user, ahora=timezone.now())
        return _seguir(gestion, actual)
    vigente = gestion.formulario_vigente
    acta = gestion.definicion.acta(
        fecha=vigente.fecha_acta if vigente else timezone.localdate(),
        nombre_completo=gestion.titular_nombre,
        cui=gestion.titular_cui,
        meses_archivo=gestion.meses_archivo,
    )
    return pagina(request, gestion, actual, acta=acta)


def _enterado(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 5: both buttons confirm; one of them brings the paper (B5.2, B5.3)."""
    form = Confirmacion(
        request.POST if request.method == "POST" else None,
        initial={"confirmo": bool(gestion.formulario_vigente)},
    )
    if request.method != "POST" or not form.is_valid():
        return pagina(request, gestion, actual, form=form, textos=gestion.definicion.textos_del_dia())
    descarga = request.POST.get("accion") == "descargar"
    version = confirmar_enterado(
        numero=gestion.numero, actor=request.user, descarga=descarga, ahora=timezone.now()
    )
    if descarga:
        return redirect("formulario_pdf", gestion.numero)
    if version.descargada_en is None:
        messages.warning(request, SIN_DESCARGA)
    return _seguir(gestion, actual)


def _documentos(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 6: the table of files; going on names what is missing (B6.6)."""
    faltan = [gestion.definicion.requisito(n) for n in gestion.renglones_faltantes()]
    if request.method == "POST" and not faltan:
        return _seguir(gestion, actual)
    contexto = {
        "renglones": consultas.renglones(gestion),
        "faltan": faltan,
        "listos": len(gestion.definicion.obligatorios) - len(faltan),
        "rechazado": request.method == "POST",
        "vigente": gestion.formulario_vigente,
    }
    return pagina(request, gestion, actual, **contexto)


def _validacion(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 7: everything on one page before sending, with what ONSEC may miss (B7.1, B2.7)."""
    secciones = [
        (p, gestion.formulario_vigente.contenido["pasos"][p.clave]["legibles"])
        for p in gestion.definicion.formularios
    ]
    return pagina(
        request,
        gestion,
        actual,
        secciones=secciones,
        renglones=consultas.renglones(gestion),
        convenientes=consultas.faltan_convenientes(gestion),
        paso_documentos=gestion.definicion.de_clase(ClasePaso.DOCUMENTOS),
    )


VISTAS = {
    ClasePaso.FORMULARIO: _formulario,
    ClasePaso.ACTA: _acta,
    ClasePaso.ENTERADO: _enterado,
    ClasePaso.DOCUMENTOS: _documentos,
    ClasePaso.VALIDACION: _validacion,
}
