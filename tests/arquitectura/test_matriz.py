"""The whole matrix, walked: every state × action × role against the real actions (matriz.md §2-§3)."""

import ast
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from notificaciones.acciones.reintentar_correo import reintentar_correo
from tests.arquitectura.codigo import modulos
from tests.arquitectura.matriz import (
    CIUDADANOS,
    PERSONAL,
    SIN_FILA,
    SINONIMOS,
    TABLA,
    TRANSICIONES,
    esperado,
)
from tests.arquitectura.mundos import Mundo, gente_de
from tests.tramites import escenas
from tramites.acciones.admitir import admitir
from tramites.acciones.anotar import anotar
from tramites.acciones.archivar import archivar
from tramites.acciones.asentar_datos import asentar_datos
from tramites.acciones.cargar import cargar
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.desarchivar import desarchivar
from tramites.acciones.desistir import desistir
from tramites.acciones.enviar import enviar
from tramites.acciones.exportar_expediente import exportar_expediente
from tramites.acciones.guardar_paso import Escrito, guardar_paso
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.leer_archivo import leer_archivo
from tramites.acciones.leer_expediente import leer_expediente
from tramites.acciones.liberar import liberar
from tramites.acciones.observar import observar
from tramites.acciones.pedir_rectificacion import pedir_rectificacion
from tramites.acciones.reasignar import reasignar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.registrar_notificacion import registrar_notificacion
from tramites.acciones.retirar import retirar
from tramites.acciones.retomar import retomar
from tramites.acciones.tomar import tomar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Documento, Estado, Gestion, Resultado
from tramites.reglas.permisos import NoPermitido, exigir
from tramites.reglas.rechazos import Conflicto

FIRMA = {"renglon": 1, "resultado": Resultado.OBSERVADO, "texto": escenas.FIRMA}


# ── how each row is done ──────────────────────────────────────────────────────

Intento = Callable[[Mundo, Usuario], Any]


def _datos(mundo: Mundo, actor: Usuario, **mas: Any) -> dict[str, Any]:
    return {"numero": mundo.gestion.numero, "actor": actor, "ahora": timezone.now()} | mas


def _con_version(mundo: Mundo, actor: Usuario, **mas: Any) -> dict[str, Any]:
    return _datos(mundo, actor, version=mundo.actual.version) | mas


def _guardar(mundo: Mundo, actor: Usuario, clave: str = "juramento") -> Any:
    escrito = Escrito(paso=clave, valores=escenas.RESPUESTAS[clave], completa=True, continuar=True)
    return guardar_paso(**_datos(mundo, actor), escrito=escrito)


def _confirmar(mundo: Mundo, actor: Usuario) -> Any:
    if mundo.gestion.en_correccion:
        escenas.guardar(mundo.gestion, "juramento")
        escenas.leer(mundo.gestion)
    return confirmar_enterado(**_datos(mundo, actor), descarga=False)


def _cargar(mundo: Mundo, actor: Usuario, renglon: int = 8) -> Any:
    archivo = SimpleUploadedFile("uno.pdf", escenas.pdf(ancho=500))
    return cargar(**_datos(mundo, actor), renglon=renglon, archivo=archivo, ficha=uuid.uuid4())


def _retirar(mundo: Mundo, actor: Usuario, documento: Documento | None = None) -> Any:
    return retirar(**_datos(mundo, actor), documento_id=(documento or mundo.documento()).pk)


def _reenviar(mundo: Mundo, actor: Usuario) -> Any:
    if mundo.gestion.en_correccion:
        escenas.reponer(escenas.rehacer(mundo.actual, "juramento"), 1)
    return reenviar(**_con_version(mundo, actor), ficha=uuid.uuid4())


def _observar(mundo: Mundo, actor: Usuario) -> Any:
    if mundo.gestion.estado == Estado.RECIBIDA and "A*" in mundo.gente:
        escenas.dictaminar(mundo.gestion, mundo.gente["A*"], **FIRMA)
    return observar(**_con_version(mundo, actor), motivo="")


def _leer(mundo: Mundo, actor: Usuario) -> Any:
    return leer_expediente(gestion=mundo.actual, actor=actor, ahora=timezone.now())


def _leer_archivo(mundo: Mundo, actor: Usuario) -> Any:
    return leer_archivo(
        gestion=mundo.actual, actor=actor, pk=mundo.documento().pk, motivo="Queja 1.", ahora=timezone.now()
    )


def _desarchivar(mundo: Mundo, actor: Usuario) -> Any:
    return desarchivar(**_con_version(mundo, actor), motivo="Lo pidió a tiempo, por escrito.", referencia="1")


def _exportar(mundo: Mundo, actor: Usuario) -> Any:
    return exportar_expediente(
        gestion=mundo.actual,
        actor=actor,
        archivos=1,
        sha256="0" * 64,
        motivo="Queja 1.",
        ahora=timezone.now(),
    )


DEL_TITULAR: dict[str, Intento] = {
    "guardar_paso": _guardar,
    "confirmar_enterado": _confirmar,
    "cargar": _cargar,
    "retirar": _retirar,
    "enviar": lambda m, a: enviar(**_con_version(m, a), ficha=uuid.uuid4()),
    "reenviar": _reenviar,
    "desistir": lambda m, a: desistir(**_con_version(m, a)),
    "retomar": lambda m, a: retomar(**_datos(m, a)),
    "pedir_rectificacion": lambda m, a: pedir_rectificacion(
        **_datos(m, a), texto="Mi teléfono es otro.", ficha=uuid.uuid4()
    ),
}
DE_LA_MESA: dict[str, Intento] = {
    "ver": _leer,
    "ver_archivo": _leer_archivo,
    "ver_con_motivo": _leer_archivo,
    "internos": lambda m, a: asentar_datos(**_con_version(m, a), datos={"solvencia": "recibida"}),
    "tomar": lambda m, a: tomar(**_datos(m, a)),
    "liberar": lambda m, a: liberar(**_con_version(m, a)),
    "reasignar": lambda m, a: reasignar(**_con_version(m, a), a=m.otra),
    "juzgar": lambda m, a: juzgar(**_con_version(m, a), juicio=Juicio(**FIRMA)),
    "anotar": lambda m, a: anotar(**_datos(m, a), texto="Llamé.", ficha=uuid.uuid4()),
    "observar": _observar,
    "admitir": lambda m, a: admitir(**_con_version(m, a)),
    "registrar_notificacion": lambda m, a: registrar_notificacion(
        **_datos(m, a), fecha=timezone.localdate(), medio="Teléfono"
    ),
    "reintentar_correo": lambda m, a: reintentar_correo(**_datos(m, a)),
    "desarchivar": _desarchivar,
    "vista_previa": lambda m, a: exigir(m.actual, a, "vista_previa"),
    "constancia": lambda m, a: exigir(m.actual, a, "constancia"),
    "exportar_expediente": _exportar,
}
# Two rows, one action: who writes a reason and who needs none.
FUERA = {"ver_archivo": {"U", "D"}, "ver_con_motivo": {"A*", "A", "J"}}


def _respuesta(intento: Intento, mundo: Mundo, actor: Usuario) -> str:
    """What the action answered; whatever it did is undone."""
    with transaction.atomic():
        try:
            intento(mundo, actor)
            return "✔"
        except Conflicto:
            return "409"
        except (NoPermitido, Gestion.DoesNotExist):
            return "404" if actor.es_ciudadano else "403"
        finally:
            transaction.set_rollback(True)


def _celda(mundo: Mundo, accion: str, papel: str) -> str:
    """What the law says, at this side of the counter: at the other there is nobody."""
    if accion in DEL_TITULAR and papel in PERSONAL:
        return "403"
    if accion in DE_LA_MESA and papel in CIUDADANOS:
        return "404"
    return esperado(accion, mundo.gestion.estado, papel, mundo.cambios)


def test_cada_accion_responde_lo_que_dice_la_matriz(mundo):
    """S14, S21, S22, F1-F7: done, 403, 404 or 409, for each of the eight roles."""
    distintas = {}
    for accion, intento in {**DEL_TITULAR, **DE_LA_MESA}.items():
        for papel, actor in mundo.gente.items():
            if papel not in FUERA.get(accion, ()):
                dicha, hecha = _celda(mundo, accion, papel), _respuesta(intento, mundo, actor)
                if dicha != hecha:
                    distintas[accion, papel] = f"ley {dicha}, código {hecha}"
    assert distintas == {}
    assert mundo.actual.version == mundo.gestion.version


LECTURAS = ("expediente_leido", "documento_leido", "expediente_exportado")


def test_ningun_acto_es_anterior_al_ultimo_de_su_fila(mundo):
    """Decided by the row and not by the wall: whoever acts next has a clock that lags by an hour."""
    ultimo = timezone.now() + timedelta(hours=1)
    Gestion.objects.filter(pk=mundo.gestion.pk).update(ultimo_acto_en=ultimo)
    antes = Evento.objects.latest("id").pk
    desordenados = set()

    def anotado(intento: Intento, mundo: Mundo, actor: Usuario) -> None:
        intento(mundo, actor)
        actos = Evento.objects.filter(id__gt=antes).exclude(tipo__in=LECTURAS).order_by("id")
        horas = [ultimo, *actos.values_list("ocurrido_en", flat=True)]
        desordenados.update(
            a.tipo for a, previa in zip(actos, horas, strict=False) if a.ocurrido_en <= previa
        )

    for intento in {**DEL_TITULAR, **DE_LA_MESA}.values():
        for actor in mundo.gente.values():
            _respuesta(partial(anotado, intento), mundo, actor)
    assert desordenados == set()


def test_quien_tiene_el_mismo_cui_no_hace_nada(mundo):
    """matriz.md §2, S18: 403 in every cell, in any role."""
    gemela, permitidas = escenas.analista(cui=mundo.gestion.titular_cui), {}
    for papel in Usuario.Papel.values:
        gemela.papel = papel
        gemela.save(update_fields=["papel"])
        permitidas |= {
            (accion, papel): respuesta
            for accion, intento in DE_LA_MESA.items()
            if (respuesta := _respuesta(intento, mundo, gemela)) != "403"
        }
    assert permitidas == {}


ABIERTOS = {
    Estado.CREACION: set(range(1, 9)),
    Estado.RECIBIDA: {8},
    Estado.OBSERVADA: {1, 8},
    Estado.ADMITIDA: {8},
    Estado.ARCHIVADA: set(),
}


def test_en_cada_estado_se_carga_en_los_renglones_de_su_celda(mundo):
    """matriz.md §3, §4, E6, B7.3: all of a draft; of the returned the observed and «Otros»; «Otros» after."""
    if mundo.gestion.en_correccion:
        escenas.rehacer(mundo.actual, "juramento")
    hechas = {
        n for n in range(1, 9) if _respuesta(partial(_cargar, renglon=n), mundo, mundo.gente["T"]) == "✔"
    }
    assert hechas == ABIERTOS[Estado(mundo.gestion.estado)]


def test_en_cada_estado_se_retira_lo_de_su_celda(mundo):
    """matriz.md §3 `retirar`, E4: any of a draft; of the returned, the observed and this round's."""
    gestion, nuevo = mundo.gestion, None
    if gestion.en_correccion:
        nuevo = escenas.adjuntar(gestion, 8)
    hechos = {
        d.renglon
        for d in mundo.actual.documentos_vigentes
        if _respuesta(partial(_retirar, documento=d), mundo, mundo.gente["T"]) == "✔"
    }
    assert hechos == (set(range(1, 7)) if gestion.editable else {1, 8} if nuevo else set())


def test_en_cada_estado_se_guardan_los_pasos_de_su_celda(mundo):
    """matriz.md §3, §4, E8: all of a draft; of what was returned, only the one with a case."""
    hechos = {
        clave
        for clave in escenas.RESPUESTAS
        if _respuesta(partial(_guardar, clave=clave), mundo, mundo.gente["T"]) == "✔"
    }
    todos = set(escenas.RESPUESTAS)
    assert hechos == (
        todos if mundo.gestion.editable else {"juramento"} if mundo.gestion.en_correccion else set()
    )


def test_el_sistema_archiva_solo_lo_que_espera_a_la_persona(mundo):
    """matriz.md §3 `archivar`: S in CREACION and OBSERVADA; repeating it, or any other state, is nothing."""
    gestion, lejos = mundo.gestion, date(2100, 1, 1)
    if gestion.editable or gestion.en_correccion:
        gestion = escenas.por_archivar(mundo.actual)
    abierta = gestion.editable or gestion.en_correccion
    desenlace = archivar(numero=gestion.numero, hoy=lejos, ahora=timezone.now())
    assert (desenlace is not None) is abierta
    assert archivar(numero=gestion.numero, hoy=lejos, ahora=timezone.now()) is None
    assert (mundo.actual.estado == Estado.ARCHIVADA) is (abierta or gestion.estado == Estado.ARCHIVADA)


@pytest.mark.parametrize("papel", PERSONAL[1:])
def test_la_siguiente_la_toma_quien_puede_tomar(titular, papel):
    """matriz.md §3 `tomar_siguiente`, which names no Gestión."""
    gestion = escenas.enviada_sin_papeles(titular)
    mundo = Mundo(gestion, gente_de(titular), escenas.analista())
    respuesta = _respuesta(
        lambda _m, a: tomar_siguiente(actor=a, ahora=timezone.now()), mundo, mundo.gente[papel]
    )
    assert respuesta == esperado("tomar", "RECIBIDA", papel)


# ── nothing outside ───────────────────────────────────────────────────────────


def test_no_hay_otra_transicion():
    """matriz.md §2 «todas; no hay otra»."""
    transiciones = Gestion._meta.get_field("estado").get_all_transitions(Gestion)
    assert {
        (t.name, str(t.source), str(destino))
        for t in transiciones
        for destino in getattr(t.target, "allowed_states", [t.target])
    } == TRANSICIONES


def _acciones() -> set[str]:
    """Public functions of `tramites.acciones` that happen at a moment: those that take `ahora`."""
    return {
        nodo.name
        for _ruta, modulo in modulos("tramites")
        if _ruta.startswith("tramites/acciones/")
        for nodo in modulo.body
        if isinstance(nodo, ast.FunctionDef)
        and not nodo.name.startswith("_")
        and "ahora" in {a.arg for a in nodo.args.kwonlyargs}
    }


def test_quien_toma_el_candado_fija_su_momento():
    """What happens at `ahora` under a Gestión's lock is settled by its row (docs/decisiones/0013)."""
    sin_fijar = []
    for ruta, modulo in modulos("tramites", "notificaciones"):
        actos = ast.walk(modulo) if ruta.startswith(("tramites/acciones/", "notificaciones/")) else ()
        for nodo in (n for n in actos if isinstance(n, ast.FunctionDef)):
            llamadas = {ast.unparse(n.func).split(".")[-1] for n in ast.walk(nodo) if isinstance(n, ast.Call)}
            con_reloj = "ahora" in {a.arg for a in (*nodo.args.args, *nodo.args.kwonlyargs)}
            con_candado = {"con_candado", "con_candado_de_onsec", "_con_candado"} & llamadas
            fija = {"momento", "guardar_con_candado"} & llamadas  # which settles it in its turn
            if con_reloj and con_candado and not fija:
                sin_fijar.append(f"{ruta}: {nodo.name}")
    assert sin_fijar == []


def test_cada_accion_es_una_fila_y_cada_fila_una_accion():
    """Nothing else exists: an action with no row, or a row that nobody walks, fails here."""
    acciones = {SINONIMOS.get(a, a) for a in _acciones()}
    assert acciones - TABLA.keys() == SIN_FILA
    assert set(DEL_TITULAR) | set(DE_LA_MESA) <= TABLA.keys()
    assert acciones - SIN_FILA <= set(DEL_TITULAR) | set(DE_LA_MESA)
    assert SIN_FILA | SINONIMOS.keys() <= _acciones()


def test_la_ley_no_se_copia_del_codigo():
    """The table of this folder reads nothing of the other: they may disagree."""
    importados = {
        alias.name
        for ruta, modulo in modulos("tests")
        if ruta == "tests/arquitectura/matriz.py"
        for nodo in ast.walk(modulo)
        if isinstance(nodo, ast.Import | ast.ImportFrom)
        for alias in nodo.names
    }
    assert importados == set()
