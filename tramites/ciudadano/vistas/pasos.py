"""The seven steps: one address, one small view for each class of step."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cuentas.apartado import AUTOGUARDAR, apartado, apartar, olvidar, retomable
from tramites import asistente, consultas
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.leer_acta import leer_acta
from tramites.ciudadano.formularios import ConfirmacionForm, escrito_en, visto_en
from tramites.ciudadano.guardado import Guardado, Hoja, guardar_escrito
from tramites.consultas.plazo import plazo_de
from tramites.consultas.tabla import renglones, ya_no_aplican
from tramites.definicion import ClasePaso, NoDefinido, Paso
from tramites.formularios import PasoForm
from tramites.models import Gestion
from tramites.reglas.correccion import Correccion
from tramites.reglas.envio import por_corregir
from tramites.reglas.pasos import exigir_paso_abierto
from tramites.reglas.rechazos import CAMBIO, PasoPendiente

from .titular import de_titular, paso_o_404

ANULADO = "Usted cambió sus datos. Confirme de nuevo {pasos}, y descargue el formulario."
APARTADO = "Lo que escribió en el paso {n} no se perdió: lo verá cuando llegue a ese paso."
MAL = {"clase": "mal", "dice": "Hay que corregir"}
RECUPERADO = "Aquí está lo que había escrito. Revíselo y presione «Continuar» para guardarlo."
SIN_DESCARGA = "Todavía no ha descargado el formulario. Lo necesita firmado como documento {n}."


@require_http_methods(["GET", "HEAD", "POST"])
@retomable
@de_titular
def paso(request: HttpRequest, gestion: Gestion, clave: str) -> HttpResponse:
    """Show or take a step: ahead is closed until what precedes is valid, going back is free (B0).

    Of what ONSEC returned, only what it asked for is taken; the rest is read (matriz.md §4).
    """
    actual = paso_o_404(gestion, clave)
    if request.method != "POST" and not gestion.editable:
        if not gestion.en_correccion:
            return redirect("gestion", gestion.numero)
        if not Correccion.de(gestion).paso_abierto(actual):
            return _cerrado(request, gestion, actual)
    try:
        if request.method != "POST" or actual.clase is not ClasePaso.FORMULARIO:  # it asks under its lock
            exigir_paso_abierto(gestion, actual)
        return VISTAS[actual.clase](request, gestion, actual)
    except PasoPendiente:
        # Another tab re-opened a step before: what was typed waits until its own is reached.
        if actual.clase is ClasePaso.FORMULARIO and request.method == "POST" and apartar(request):
            if request.POST.get("accion") == AUTOGUARDAR:
                return HttpResponse(status=409)
            messages.info(request, APARTADO.format(n=actual.numero))
        raise


def pagina(
    request: HttpRequest, gestion: Gestion, actual: Paso, plantilla: str = "", **contexto: Any
) -> HttpResponse:
    """The step's page inside the wizard's frame."""
    correccion = Correccion.de(gestion)
    pasos = _por_corregir(correccion) if gestion.en_correccion else _por_llenar(gestion)
    marco = {
        "gestion": gestion,
        "tramite": gestion.definicion,
        "por_confirmar": asistente.por_confirmar(gestion.pasos),
        "paso": actual,
        "anterior": None if gestion.en_correccion else asistente.anterior(gestion.pasos, actual),
        "pasos": pasos,
        "caso": correccion.caso_de_paso(actual.clave),
        "corregido": any(p["paso"] == actual and p["clase"] == "hecho" for p in pasos),
    }
    return render(request, plantilla or actual.plantilla, marco | contexto)


def _por_llenar(gestion: Gestion) -> list[dict[str, Any]]:
    """The side list of a draft: each step done or pending, open up to the first pending one."""
    pasos, completos = gestion.pasos, gestion.pasos_completos()
    return [
        {
            "paso": p,
            "clase": "hecho" if p.clave in completos else "falta",
            "dice": "Completado" if p.clave in completos else "Pendiente",
            "abierto": asistente.esta_abierto(pasos, completos, p),
        }
        for p in pasos
    ]


def _por_corregir(correccion: Correccion) -> list[dict[str, Any]]:
    """The side list of what ONSEC returned: what it asked for, what depends on it and what stays as sent."""
    pendientes = correccion.pasos_pendientes
    return [
        _situacion(correccion, p, p in pendientes)
        | {
            "paso": p,
            "abierto": p.clase is not ClasePaso.VALIDACION
            and (p.clase is ClasePaso.DOCUMENTOS or not pendientes or p.numero <= pendientes[0].numero),
        }
        for p in correccion.gestion.pasos
    ]


def _situacion(correccion: Correccion, p: Paso, pendiente: bool) -> dict[str, str]:
    if p.clase is ClasePaso.DOCUMENTOS:
        pendiente = bool(correccion.sin_archivo_nuevo() or correccion.observados_presentes())
    if p.clave in correccion.pasos or p.clase is ClasePaso.DOCUMENTOS:
        return MAL if pendiente else {"clase": "hecho", "dice": "Corregido"}
    if p.clase is ClasePaso.VALIDACION or (correccion.pasos_pendientes and correccion.paso_abierto(p)):
        return {"clase": "falta", "dice": "Pendiente"}
    return {"clase": "hecho", "dice": "Confirmado" if correccion.paso_abierto(p) else "Ya enviado"}


def _cerrado(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """What ONSEC did not ask to change, as it was sent (E6)."""
    documentos, ultimo = gestion.de_clase(ClasePaso.DOCUMENTOS), consultas.ultimo_envio(gestion)
    if actual.clase is ClasePaso.VALIDACION or ultimo is None:
        return redirect("paso", gestion.numero, documentos.clave)
    version = gestion.formulario_vigente or ultimo.version_formulario
    contexto: dict[str, Any] = {"ultimo_paso": documentos}
    if actual.clase is ClasePaso.FORMULARIO:
        contexto["legibles"] = version.contenido["pasos"][actual.clave]["legibles"]
    elif actual.clase is ClasePaso.ACTA:
        contexto["acta"] = _datos_del_acta(gestion, version.fecha_acta)
    return pagina(request, gestion, actual, "tramites/ciudadano/paso_cerrado.html", **contexto)


def _seguir(gestion: Gestion, actual: Paso) -> HttpResponse:
    siguiente = asistente.siguiente(gestion.pasos, actual)
    if gestion.en_correccion:
        gestion = Gestion.de(gestion.solicitante, gestion.numero)
        documentos = gestion.de_clase(ClasePaso.DOCUMENTOS)
        siguiente = Correccion.de(gestion).paso_pendiente() or documentos
    return redirect("paso", gestion.numero, (siguiente or actual).clave)


def _formulario(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Steps 1-3: whatever is typed is kept; «Continuar» goes on when it is valid."""
    if request.method != "POST":
        form, visto, recuperado = _por_escribir(request, gestion, actual)
        return _pagina_de_formulario(request, gestion, actual, form, visto, recuperado=recuperado)
    hoja = Hoja.de(request.POST)
    guardado = guardar_escrito(leida=gestion, clave=actual.clave, hoja=hoja, ahora=timezone.now())
    if hoja.accion == AUTOGUARDAR:
        olvidar(request)
        return _autoguardado(request, guardado)
    if guardado.fusion.conflictos:
        return _por_elegir(request, gestion, actual, guardado)
    olvidar(request)
    return _guardado(request, actual, guardado)


def _pagina_de_formulario(
    request: HttpRequest,
    gestion: Gestion,
    actual: Paso,
    form: PasoForm,
    visto: Mapping[str, str],
    **contexto: Any,
) -> HttpResponse:
    contexto |= {"texto": gestion.definicion.textos.pasos[actual.clave], "visto": json.dumps(visto)}
    return pagina(request, gestion, actual, form=form, **contexto)


def _autoguardado(request: HttpRequest, guardado: Guardado) -> HttpResponse:
    """To the script: what it may take as seen, and what moved in another tab or by another person."""
    if "visto" not in request.POST:
        return HttpResponse(status=204)
    form, fusion = guardado.formulario, guardado.fusion
    dicho = {
        "visto": guardado.visto,
        "ajenos": fusion.ajenos,
        "rotulos": [form.fields[campo].label for campo in fusion.ajenos],
        "conflictos": {campo: form.legible(campo, esta) for campo, (esta, _) in fusion.conflictos.items()},
    }
    return JsonResponse(dicho, status=409 if fusion.conflictos else 200)


def _por_elegir(request: HttpRequest, gestion: Gestion, actual: Paso, guardado: Guardado) -> HttpResponse:
    """409: the same field was changed in two places; nothing is saved until the person chooses."""
    apartar(request)
    form, conflictos = guardado.formulario, guardado.fusion.conflictos
    contexto = {
        "conflictos": [
            {
                "campo": form[campo],
                "opciones": [
                    (que, valor, form.legible(campo, valor))
                    for que, valor in (("Lo que está guardado", esta), ("Lo que escribió", escrito))
                ],
            }
            for campo, (esta, escrito) in conflictos.items()
        ],
        "resto": {
            n: v for n, v in escrito_en(request.POST).items() if n in form.fields and n not in conflictos
        },
        "visto": json.dumps(
            (visto_en(request.POST) or {}) | {campo: esta for campo, (esta, _) in conflictos.items()}
        ),
        "causa": CAMBIO,
    }
    plantilla = "tramites/ciudadano/paso_por_elegir.html"
    respuesta = pagina(request, gestion, actual, plantilla, **contexto)
    respuesta.status_code = 409
    return respuesta


def _guardado(request: HttpRequest, actual: Paso, guardado: Guardado) -> HttpResponse:
    """Where the person goes after «Continuar» or «Salir y seguir después», and what is told."""
    gestion, form = guardado.gestion, guardado.formulario
    accion = request.POST.get("accion", "continuar")
    if guardado.anulada:
        messages.warning(request, ANULADO.format(pasos=asistente.por_confirmar(gestion.pasos)))
    if accion == "salir":
        messages.success(request, "Guardamos lo que escribió. Puede seguir cuando quiera.")
        return redirect("gestion", gestion.numero)
    if not form.is_valid():
        return _pagina_de_formulario(request, gestion, actual, form, guardado.visto)
    for aviso in form.avisos():
        messages.info(request, aviso)
    _avisar_lo_que_falta(request, gestion, actual)
    if request.POST.get("volver") and gestion.editable:
        return _volver_al_resumen(gestion)
    return _seguir(gestion, actual)


def _avisar_lo_que_falta(request: HttpRequest, gestion: Gestion, actual: Paso) -> None:
    """Say on leaving the step what it leaves blank, while to fill it in costs nothing (B2.7)."""
    if faltan := consultas.faltan_convenientes(gestion, actual.clave):
        contexto = {"gestion": gestion, "en_blanco": faltan}
        messages.warning(request, render_to_string("tramites/ciudadano/en_blanco.html", contexto))


def _por_escribir(
    request: HttpRequest, gestion: Gestion, actual: Paso
) -> tuple[PasoForm, dict[str, str], bool]:
    """The step to be filled and what of it stands saved; and whether it brings what could not be saved."""
    hoy = timezone.localdate()
    form, visto = gestion.formulario_abierto(actual, hoy), gestion.mostrado(actual, hoy)
    campos = apartado(request)
    base = visto | (visto_en(campos) or {})
    tocados = {n: v for n, v in escrito_en(campos).items() if n in visto and v != base[n]}
    if tocados:
        form = type(form)(contexto=form.contexto, initial={**form.initial, **tocados})
        messages.info(request, RECUPERADO)
    # Of what was typed, what its page showed: if it moved since, the person chooses.
    return form, visto | {n: base[n] for n in tocados}, bool(tocados)


def _volver_al_resumen(gestion: Gestion) -> HttpResponse:
    """To where the person came from, or to the first step that the change re-opened."""
    pendiente = gestion.pendiente
    return redirect("paso", gestion.numero, pendiente.clave)


def _acta(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 4: read only; its date is today's until step 5 fixes it (B4.3)."""
    if request.method == "POST":
        vista, _, nombre = request.POST.get("vista", "").partition(" ")
        leer_acta(
            numero=gestion.numero,
            actor=request.user,
            vista=vista,
            nombre=nombre or None,
            ahora=timezone.now(),
        )
        return _seguir(gestion, actual)
    vigente = gestion.formulario_vigente
    fecha = vigente.fecha_acta if vigente else timezone.localdate()
    vista = f"{fecha.isoformat()} {gestion.nombre_escrito}"
    return pagina(request, gestion, actual, acta=_datos_del_acta(gestion, fecha), vista=vista)


def _datos_del_acta(gestion: Gestion, fecha: date) -> Mapping[str, Any]:
    acta = gestion.definicion.acta
    if acta is None:
        raise NoDefinido(ClasePaso.ACTA)
    return acta(
        fecha=fecha,
        nombre_completo=gestion.nombre_escrito,
        cui=gestion.titular_cui,
        meses_archivo=gestion.meses_archivo,
    )


def _enterado(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 5: both buttons confirm; one of them brings the paper (B5.2, B5.3)."""
    form = ConfirmacionForm(
        request.POST if request.method == "POST" else None,
        initial={"confirmo": bool(gestion.formulario_vigente)},
    )
    if request.method != "POST" or not form.is_valid():
        contexto: dict[str, Any] = {"form": form, "textos": gestion.definicion.textos_del_dia()}
        if gestion.formulario_vigente is None:
            contexto["en_blanco"] = consultas.faltan_convenientes(gestion)
        return pagina(request, gestion, actual, **contexto)
    descarga = request.POST.get("accion") == "descargar"
    version = confirmar_enterado(
        numero=gestion.numero, actor=request.user, descarga=descarga, ahora=timezone.now()
    )
    if descarga:
        return redirect("formulario_pdf", gestion.numero)
    if version.descargada_en is None and gestion.definicion.formulario_impreso:
        messages.warning(request, SIN_DESCARGA.format(n=gestion.definicion.renglon_formulario))
    return _seguir(gestion, actual)


def _documentos(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 6: the table of files; going on names what is missing (B6.6)."""
    if gestion.en_correccion:
        return _correccion(request, gestion, actual)
    faltan = gestion.renglones_faltantes()
    if request.method == "POST" and not faltan:
        return _seguir(gestion, actual)
    contexto = {
        "renglones": renglones(gestion),
        "ya_no_aplican": ya_no_aplican(gestion),
        "faltan": faltan,
        "listos": len(gestion.obligatorios) - len(faltan),
        "rechazado": request.method == "POST",
        "vigente": gestion.formulario_vigente,
    }
    return pagina(request, gestion, actual, **contexto)


def _correccion(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 6 of what ONSEC returned: «Continuar» goes straight to window 1 (E6)."""
    faltas = list(por_corregir(gestion))
    if request.method == "POST" and not faltas:
        return redirect("enviar", gestion.numero)
    correccion = Correccion.de(gestion)
    filas, por_firmar = renglones(gestion, correccion), gestion.definicion.renglon_formulario
    contexto = {
        "correccion": correccion,
        "renglones": filas,
        "ya_no_aplican": ya_no_aplican(gestion),
        "observados": [f for f in filas if f.observado],
        "corregidos": sum(f.corregido for f in filas),
        "por_rehacer": {p.clave for p in correccion.pasos_pendientes},
        "faltas": faltas,
        "rechazado": request.method == "POST",
        # Only the paper that is to be signed: neither one about to be void nor one that stays as sent.
        "vigente": gestion.formulario_vigente if por_firmar in correccion.abiertos else None,
        "plazo": plazo_de(gestion, timezone.localdate()),
    }
    return pagina(request, gestion, actual, "tramites/ciudadano/paso_correccion.html", **contexto)


def _validacion(request: HttpRequest, gestion: Gestion, actual: Paso) -> HttpResponse:
    """Step 7: everything on one page before sending (B7.1).

    What was left blank was said before the paper was signed: to fill it in now would void it (B2.7).
    """
    secciones = [
        (p, gestion.formulario_vigente.contenido["pasos"][p.clave]["legibles"]) for p in gestion.formularios
    ]
    return pagina(
        request,
        gestion,
        actual,
        secciones=secciones,
        renglones=renglones(gestion),
        paso_documentos=gestion.de_clase(ClasePaso.DOCUMENTOS),
    )


VISTAS = {
    ClasePaso.FORMULARIO: _formulario,
    ClasePaso.ACTA: _acta,
    ClasePaso.ENTERADO: _enterado,
    ClasePaso.DOCUMENTOS: _documentos,
    ClasePaso.VALIDACION: _validacion,
}
