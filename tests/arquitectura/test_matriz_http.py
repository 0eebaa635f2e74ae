"""The same matrix at the door: what each address answers to each role in each state (matriz.md §1, §3)."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from bitacora.models import Evento
from tests.arquitectura.matriz import CIUDADANOS, esperado
from tests.arquitectura.mundos import Mundo
from tests.fabricas import CorreoFactory
from tests.tramites import escenas
from tramites.acciones.tomar import tomar

Campos = Callable[[Mundo], dict[str, Any]]


@dataclass(frozen=True)
class Ruta:
    """An address and the row (or rows) of the law it belongs to."""

    nombre: str
    filas: tuple[str, ...]
    datos: Campos | None = None  # what is posted; None is a GET
    mas: Callable[[Mundo], tuple[Any, ...]] = lambda _m: ()

    def pedir(self, cliente: Client, mundo: Mundo) -> str:
        """What was answered; what a POST did is undone."""
        direccion = reverse(self.nombre, args=[mundo.gestion.numero, *self.mas(mundo)])
        if self.datos is None:
            return _dicho(cliente.get(direccion))
        with transaction.atomic():
            try:
                datos, antes = self.datos(mundo), _escritos(mundo)
                dicho = _dicho(cliente.post(direccion, datos))
                return "nada" if dicho == "✔" and _escritos(mundo) == antes else dicho
            finally:
                transaction.set_rollback(True)


def _escritos(mundo: Mundo) -> int:
    """The events of the Gestión: an act that leaves none was not done, whatever its page says."""
    return Evento.objects.filter(gestion=mundo.gestion.numero).count()


def _version(mundo: Mundo) -> dict[str, Any]:
    return {"version": mundo.actual.version}


def _pdf(_mundo: Mundo) -> dict[str, Any]:
    return {
        "archivo": SimpleUploadedFile("uno.pdf", escenas.pdf(ancho=500), "application/pdf"),
        "ficha": uuid.uuid4(),
    }


# The guards of an act (matriz.md §2) are the other tests': here each one finds what it asks for.


def _corregida(mundo: Mundo) -> dict[str, Any]:
    if mundo.gestion.en_correccion:
        escenas.reponer(escenas.rehacer(mundo.actual, "juramento"), 1)
    return _version(mundo) | {"ficha": uuid.uuid4()}


def _por_leer(mundo: Mundo) -> dict[str, Any]:
    if mundo.gestion.editable or mundo.gestion.en_correccion:
        escenas.guardar(mundo.gestion, "juramento", fecha_entrega_cargo="27/02/2026")
    return {"vista": timezone.localdate().isoformat()}


def _por_confirmar(mundo: Mundo) -> dict[str, Any]:
    _por_leer(mundo)
    if mundo.gestion.editable or mundo.gestion.en_correccion:
        escenas.leer(mundo.gestion)
    return {"confirmo": "on"}


def _con_dueno(mundo: Mundo) -> dict[str, Any]:
    if mundo.gestion.estado == "RECIBIDA" and mundo.gestion.asignada_a_id is None:
        tomar(numero=mundo.gestion.numero, actor=mundo.otra, ahora=timezone.now())
    return _version(mundo)


def _con_caso(mundo: Mundo) -> dict[str, Any]:
    if mundo.gestion.estado == "RECIBIDA" and "A*" in mundo.gente:
        escenas.dictaminar(
            mundo.gestion, mundo.gente["A*"], renglon=1, resultado="OBSERVADO", texto=escenas.FIRMA
        )
    return _version(mundo)


def _con_correo_fallido(mundo: Mundo) -> dict[str, Any]:
    CorreoFactory(gestion=mundo.gestion.numero, estado="fallido", intentos=12, tomado_en=timezone.now())
    return {}


def _vacio(_mundo: Mundo) -> dict[str, Any]:
    return {}


def _documento(mundo: Mundo) -> tuple[Any, ...]:
    return (mundo.documento().pk,)


DEL_TITULAR = (
    Ruta("gestion", ("ver",)),
    Ruta("enviada", ("ver",)),
    Ruta("archivos", ("ver",), mas=lambda _m: (2,)),
    Ruta("documento", ("ver_archivo",), mas=_documento),
    Ruta("formulario_pdf", ("descargar_formulario",)),
    Ruta("constancia", ("constancia",)),
    Ruta("aviso_previo", ("aviso_previo",), mas=lambda _m: (1,)),
    Ruta("admision", ("admision",)),
    Ruta(
        "paso",
        ("guardar_paso",),
        lambda _m: escenas.RESPUESTAS["juramento"] | {"accion": "continuar"},
        lambda _m: ("juramento",),
    ),
    Ruta("paso", ("confirmar_enterado",), _por_leer, lambda _m: ("acta",)),
    Ruta("paso", ("confirmar_enterado",), _por_confirmar, lambda _m: ("notificado",)),
    Ruta("archivos", ("cargar",), _pdf, lambda _m: (8,)),
    Ruta("sustituir", ("ver",), mas=lambda _m: (1,)),  # its POST is that of «Eliminar»
    Ruta("eliminar", ("retirar",), _vacio, _documento),
    Ruta("enviar", ("enviar", "reenviar"), _corregida),
    Ruta("desistir", ("desistir",), _version),
    Ruta("retomar", ("retomar",), _vacio),
    Ruta(
        "pedir_rectificacion",
        ("pedir_rectificacion",),
        lambda _m: {"texto": "Mi teléfono es otro.", "ficha": uuid.uuid4()},
    ),
)
DE_LA_MESA = (
    Ruta("revision", ("ver",)),
    Ruta("historia", ("ver",)),
    Ruta("archivo_revision", ("ver_archivo",), mas=_documento),
    Ruta("pagina", ("ver_archivo",), mas=lambda m: (m.documento().pk, 1)),
    Ruta("como_la_persona", ("ver_archivo",)),
    Ruta(
        "leer_con_motivo",
        ("ver_con_motivo",),
        lambda m: {"archivo": str(m.documento().pk), "motivo": "Queja 1."},
    ),
    Ruta("constancia_revision", ("constancia",)),
    Ruta("aviso_previo_revision", ("aviso_previo",), mas=lambda _m: (1,)),
    Ruta("admision_revision", ("admision",)),
    Ruta("exportar", ("exportar_expediente",), lambda _m: {"motivo": "Queja 1."}),
    Ruta("internos", ("internos",), lambda m: _version(m) | {"solvencia": "recibida"}),
    Ruta("tomar", ("tomar",), _vacio),
    Ruta("liberar", ("liberar",), _con_dueno),
    Ruta("reasignar", ("reasignar",), lambda m: _version(m) | {"a": m.otra.pk}),
    Ruta(
        "juzgar_renglon",
        ("juzgar",),
        lambda m: {"d-1-version": m.gestion.version, "d-1-resultado": "OBSERVADO", "d-1-texto": "FIRME."},
        lambda _m: (1,),
    ),
    Ruta(
        "juzgar_paso",
        ("juzgar",),
        lambda m: (
            {"p-juramento-version": m.gestion.version, "p-juramento-texto": "FALTA."}
            | {"p-juramento-resultado": "OBSERVADO"}
        ),
        lambda _m: ("juramento",),
    ),
    Ruta("anotar", ("anotar",), lambda _m: {"texto": "Llamé.", "ficha": uuid.uuid4()}),
    Ruta("decidir", ("observar",), lambda m: _version(m) | {"motivo": "FALTA LA FIRMA."}),
    Ruta("observar", ("observar",), _con_caso),
    Ruta("admitir", ("admitir",), _version),
    Ruta(
        "desarchivar",
        ("desarchivar",),
        lambda m: _version(m) | {"motivo": "Lo pidió a tiempo, por escrito.", "referencia": "1"},
    ),
    Ruta(
        "registrar_notificacion",
        ("registrar_notificacion",),
        lambda _m: {"fecha": f"{timezone.localdate():%d/%m/%Y}", "medio": "Teléfono"},
    ),
    Ruta("vista_previa_correo", ("vista_previa",)),
    Ruta("vista_previa_html", ("vista_previa",)),
    Ruta("reintentar_correo", ("reintentar_correo",), _con_correo_fallido),
)
# Whoever holds it takes it again: there is nothing left to do. The motive waits in the session.
REPETIDAS = {("tomar", "A*"), ("decidir", "A*")}
# Opens only what was just asked for with a reason: walked apart.
APARTE = {"archivo_leido"}


def _ley(ruta: Ruta, mundo: Mundo, papel: str) -> str:
    """What the law says of that address: done, 403, 404 or 409, at its side of the counter."""
    de_la_mesa = ruta in DE_LA_MESA
    if de_la_mesa is (papel in CIUDADANOS):
        return "404" if de_la_mesa else "403"
    dichas = [esperado(fila, mundo.gestion.estado, papel, mundo.cambios) for fila in ruta.filas]
    return min(dichas, key=["✔", "409", "403", "404"].index)


def _dicho(respuesta: Any) -> str:
    estado = respuesta.status_code
    if estado == 302 and reverse("account_login") in respuesta["Location"]:
        return "Ingresar"
    return "✔" if estado < 400 else str(estado)


def _entrar(persona: Any) -> Client:
    """A browser where that person typed the password a moment ago (T6 asks for it)."""
    cliente = Client()
    cliente.force_login(persona)
    sesion = cliente.session
    sesion["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    sesion["account_authentication_methods_user"] = str(persona.pk)
    sesion.save()
    return cliente


@pytest.mark.parametrize("rutas", [DEL_TITULAR, DE_LA_MESA], ids=["titular", "mesa"])
def test_cada_direccion_responde_lo_que_dice_la_matriz(mundo, rutas):
    """C9, S14, S17, S21, S22, F7: each role gets its page, its 403, its 404 or its 409."""
    distintas = {}
    clientes = {papel: _entrar(persona) for papel, persona in mundo.gente.items()} | {"anónimo": Client()}
    for ruta in rutas:
        for papel, cliente in clientes.items():
            dicha = "Ingresar" if papel == "anónimo" else _ley(ruta, mundo, papel)
            hecha = ruta.pedir(cliente, mundo)
            if hecha == "nada" and (ruta.nombre, papel) in REPETIDAS:
                hecha = "✔"
            if dicha != hecha:
                distintas[ruta.nombre, *ruta.mas(mundo)[:1], papel] = f"ley {dicha}, página {hecha}"
    assert distintas == {}
    assert mundo.actual.version == mundo.gestion.version


def test_cada_direccion_con_gestion_es_de_una_fila():
    """Nothing exists outside: an address about a Gestión that no row covers fails here."""
    con_numero = {
        str(nombre)
        for nombre, (formas, *_resto) in _por_nombre().items()
        if any("numero" in parametros for _molde, parametros in formas)
    }
    assert con_numero == {ruta.nombre for ruta in (*DEL_TITULAR, *DE_LA_MESA)} | APARTE


def _por_nombre() -> dict[str, Any]:
    """Each named address of the portal, with the shapes that Django can reverse."""
    inverso = get_resolver().reverse_dict
    return {nombre: inverso[nombre] for nombre in inverso if isinstance(nombre, str)}
