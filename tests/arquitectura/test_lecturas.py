"""Every address, as each role, in each state: how many queries its GET makes, and that it writes nothing."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import DocumentoLegal, Usuario
from notificaciones.models import Notificacion
from previsión.catalogos import consultas as catalogos
from territorio import consultas as lugares
from tests.arquitectura.mundos import MUNDOS, Mundo, gente_de
from tests.arquitectura.presupuesto import CON_GESTION, ESCRIBEN, PAPELES, SIN_GESTION, Tabla
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.arquitectura.test_matriz_http import _entrar
from tests.fabricas import NotificacionFactory, PersonalFactory
from tests.tramites import escenas
from tramites.models import AsuetoExtra, Gestion, Nota

pytestmark = pytest.mark.django_db

ESCRITURA = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
SALIDAS = {"account_logout", "admin:logout", "admin:None"}
# Who gets a page of a Gestión, at most: the refusals cost nothing worth a table.
QUIENES = ("T", "A*", "J", "U", "D")


@dataclass
class Visitas:
    """What each address cost and wrote."""

    costo: dict[tuple[str, str], int] = field(default_factory=dict)
    escrito: dict[str, set[str]] = field(default_factory=dict)

    def mirar(self, cliente: Client, columna: str, nombre: str, camino: str) -> None:
        """A GET: its cost counts when it answers with a page or a file."""
        with CaptureQueriesContext(connection) as hechas:
            respuesta = cliente.get(camino)
            _consumir(respuesta)
        tablas = {t for h in hechas for t in ESCRITURA.findall(h["sql"])}
        if respuesta.status_code in (301, 302):
            cliente.get("/ayuda/")  # the sentence that it left, if any, is said here
            tablas -= {"django_session"}
        assert respuesta.status_code < 500, camino
        if tablas:
            self.escrito.setdefault(nombre, set()).update(tablas)
        if respuesta.status_code == 200:
            antes = self.costo.get((nombre, columna), 0)
            self.costo[nombre, columna] = max(antes, len(hechas))


def _consumir(respuesta: Any) -> None:
    if respuesta.streaming:
        b"".join(respuesta.streaming_content)


@pytest.fixture(autouse=True)
def _sin_que_pase_el_tiempo(monkeypatch) -> Iterator[None]:
    """A session in use is written once a minute, and the catalogues read again: not here."""
    for memoria in (catalogos, lugares):
        monkeypatch.setattr(memoria, "SEGUNDOS_DE_MEMORIA", 10**9)
    with time_machine.travel(timezone.now(), tick=False):
        yield


# ── the pages of a Gestión ────────────────────────────────────────────────────


def _de_la_gestion(mundo: Mundo) -> Iterator[tuple[str, str]]:
    """Each address that names a Gestión, and where it is in this world."""
    pasos = [p.clave for p in mundo.gestion.definicion.pasos]
    for nombre, ejemplo in DIRECCIONES:
        if "numero" not in ejemplo:
            continue
        argumentos = ejemplo | {"numero": mundo.gestion.numero}
        if isinstance(ejemplo.get("pk"), UUID):
            argumentos["pk"] = mundo.documento().pk
        for clave in pasos if nombre == "paso" else ["juramento"]:
            if "clave" in ejemplo:
                argumentos["clave"] = clave
            yield f"{nombre} {clave}" if nombre == "paso" else nombre, reverse(nombre, kwargs=argumentos)


def _recorrer(mundo: Mundo, clientes: dict[str, Client], estado: str) -> Visitas:
    visitas = Visitas()
    for nombre, camino in _de_la_gestion(mundo):
        for cliente in clientes.values():
            visitas.mirar(cliente, estado, nombre, camino)
    return visitas


def _multiplicar(mundo: Mundo, quien: Usuario) -> None:
    """More of all that its pages show."""
    gestion = mundo.actual
    for documento in [d for d in gestion.documentos.all() for _ in range(4)]:
        otro = copy.copy(documento)
        otro.pk, otro.ficha, otro._state = uuid4(), uuid4(), copy.copy(documento._state)
        otro._state.adding = True
        otro.save(force_insert=True)
    for n in range(30):
        ahora = timezone.now() + timedelta(seconds=n)
        Evento.objects.registrar("expediente_leido", actor=quien, gestion=gestion.numero, ahora=ahora)
    if gestion.asignada_a_id:  # of whom the history says the name
        de_a = {"anterior": quien.pk, "nuevo": quien.pk}
        Evento.objects.registrar("reasignada", actor=quien, gestion=gestion.numero, datos=de_a, ahora=ahora)
    Nota.objects.bulk_create(
        Nota(gestion=gestion, autor=quien, texto=f"{n}", escrita_en=timezone.now()) for n in range(20)
    )
    if gestion.recibida_en:
        for n in range(5):
            gestion.rectificaciones.create(
                ficha=uuid4(), texto=f"{n}", pedida_en=timezone.now(), responder_antes_de=timezone.localdate()
            )
    _mas_gestiones(gestion)
    _mas_avisos(*mundo.gente.values())


def _mas_gestiones(gestion: Gestion) -> None:
    """Others of the same person, in the same state."""
    copias = []
    for _ in range(8):
        otra = copy.copy(gestion)
        otra.numero, otra.ficha = None, uuid4()
        copias.append(otra)
    Gestion.objects.bulk_create(copias)


def _mas_avisos(*gente: Usuario) -> None:
    Notificacion.objects.bulk_create(
        NotificacionFactory.build(destinatario=persona) for persona in gente for _ in range(30)
    )


@pytest.mark.parametrize("estado", MUNDOS)
def test_lo_que_cuesta_cada_pagina_de_una_gestion_y_que_mirarla_no_escribe(estado):
    """The budget of each page is exact, with one row and with many; a GET leaves all as it was."""
    titular, ana = escenas.titular(), escenas.analista()
    gente = gente_de(titular)
    mundo = Mundo(MUNDOS[estado][0](titular, ana), gente, ana)
    if mundo.gestion.asignada_a_id:
        gente["A*"] = ana
    clientes = {papel: _entrar(gente[papel]) for papel in QUIENES if papel in gente}
    for cliente in clientes.values():
        cliente.get("/ayuda/")
    _recorrer(mundo, {"T": clientes["T"]}, estado)  # what is printed is printed
    visitas = _recorrer(mundo, clientes, estado)
    _exigir(visitas, CON_GESTION, [estado])
    _multiplicar(mundo, ana)
    assert _recorrer(mundo, clientes, estado).costo == visitas.costo


# ── the rest ──────────────────────────────────────────────────────────────────


def _las_demas(persona: Usuario | None) -> Iterator[tuple[str, str]]:
    """Each address that names no Gestión, with a row that is there."""
    modelos = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}
    for nombre, ejemplo in DIRECCIONES:
        if "numero" in ejemplo or nombre in SALIDAS:
            continue
        argumentos = dict(ejemplo)
        if "object_id" in ejemplo:
            modelo = modelos[nombre.removeprefix("admin:").rpartition("_")[0]]
            fila = modelo.objects.order_by("pk").first()
            argumentos["object_id"] = str(fila.pk if fila else 1)
        elif "uidb36" in ejemplo:
            argumentos["uidb36"] = "zzz"  # of nobody, however many accounts there were
        elif nombre == "notificacion":
            propia = Notificacion.objects.filter(destinatario=persona).first() if persona else None
            argumentos["pk"] = propia.pk if propia else 1
        yield nombre, reverse(nombre, kwargs=argumentos)


def _recorrer_las_demas(clientes: dict[str, tuple[Client, Usuario | None]]) -> Visitas:
    visitas = Visitas()
    for papel, (cliente, persona) in clientes.items():
        for nombre, camino in _las_demas(persona):
            visitas.mirar(cliente, papel, nombre, camino)
    return visitas


def test_lo_que_cuesta_cada_otra_pagina_y_que_mirarla_no_escribe():
    titular, ana = escenas.titular(), escenas.analista()
    gestion = escenas.tomada(titular, ana)
    gente = gente_de(titular) | {"A": ana}
    AsuetoExtra.objects.create(fecha=timezone.localdate(), motivo="Feria")
    clientes: dict[str, tuple[Client, Usuario | None]] = {
        p: (_entrar(gente[p]), gente[p]) if p in gente else (Client(), None) for p in PAPELES
    }
    _mas_avisos(*gente.values())
    for cliente, _ in clientes.values():
        cliente.get("/ayuda/")
    _recorrer_las_demas(clientes)  # what a process reads once is read
    visitas = _recorrer_las_demas(clientes)
    _exigir(visitas, SIN_GESTION, PAPELES)
    _mas_gestiones(Gestion.objects.get(pk=gestion.pk))
    _mas_avisos(*gente.values())
    PersonalFactory.create_batch(20)
    for n in range(10):
        AsuetoExtra.objects.create(fecha=timezone.localdate() + timedelta(days=n + 1), motivo="Feria")
        DocumentoLegal.objects.create(
            tipo="terminos", version=100 + n, titulo="T", texto="t", vigente_desde=timezone.now()
        )
        Evento.objects.registrar("expediente_leido", actor=ana, gestion=gestion.numero, ahora=timezone.now())
    assert _recorrer_las_demas(clientes).costo == visitas.costo


def _exigir(visitas: Visitas, tabla: Tabla, columnas: Any) -> None:
    medido = {(n, c): str(costo) for (n, c), costo in visitas.costo.items()}
    dicho = {(n, c): celda for (n, c), celda in tabla.items() if c in columnas and celda != "–"}
    assert {k: (v, dicho.get(k)) for k, v in medido.items() if v != dicho.get(k)} == {}
    assert medido.keys() == dicho.keys()
    de_mas = {n: tablas - ESCRIBEN.get(n, set()) for n, tablas in visitas.escrito.items()}
    assert {n: tablas for n, tablas in de_mas.items() if tablas} == {}


# ── what the issue promises ───────────────────────────────────────────────────


def _peor(tabla: Tabla, empieza: str) -> int:
    return max(int(celda) for (n, _), celda in tabla.items() if n.startswith(empieza) and celda != "–")


def test_ninguna_pagina_pasa_de_lo_prometido():
    """A step in six, the page of a Gestión in a dozen."""
    assert _peor({k: v for k, v in CON_GESTION.items() if k[1] == "CREACION"}, "paso ") <= 6
    assert _peor(CON_GESTION, "gestion") <= 12


def test_cada_direccion_esta_en_una_de_las_tablas():
    """A new page fails here until its budget is said."""
    dichas = {n.split(" ")[0] for n, _ in (*CON_GESTION, *SIN_GESTION)}
    assert {n for n, _ in DIRECCIONES} - SALIDAS == dichas


def test_lo_que_escribe_es_de_alguna_direccion():
    assert set(ESCRIBEN) <= {n.split(" ")[0] for n, _ in CON_GESTION}
