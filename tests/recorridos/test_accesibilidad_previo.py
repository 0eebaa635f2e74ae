"""The pages of a previo, of an archived and of an admitted Gestión: axe finds nothing, nothing overflows."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.accesibilidad import revisar
from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos
from .test_accesibilidad_ciudadano import ARCHIVO_LARGO, HOJAS, LARGO, visitar

CASOS = {
    1: escenas.FIRMA,
    6: f"DICTAMEN {LARGO} " + "NO DICE EL GRADO NI LA FECHA DE INICIO. " * 6,
    7: "CERTIFICACIÓN DE HORARIOS PENDIENTE DE CARGAR.",
}
COLORES = ("light", "dark")


@pytest.fixture
def persona(servidor: str) -> Usuario:
    return pasos.persona()


def devuelta(persona: Usuario) -> Gestion:
    """With cases in renglones and in a step, its clock running, read by the office and half corrected."""
    quien = escenas.analista()
    gestion = escenas.observada(persona, quien, casos=CASOS, pasos={"beneficiario": "MUNICIPIO NO COINCIDE."})
    gestion = escenas.notificada(gestion)
    escenas.adjuntar(gestion, 6, nombre=ARCHIVO_LARGO)
    for datos in ({}, {"renglon": 6}):
        tipo = "documento_leido" if datos else "expediente_leido"
        Evento.objects.registrar(tipo, actor=quien, gestion=gestion.numero, ahora=timezone.now(), datos=datos)
    return Gestion.de(persona, gestion.numero)


def paginas(gestion: Gestion) -> list[str]:
    archivo = next(d for d in gestion.documentos_vigentes if d.renglon == 6)
    return [
        "/tablero/",
        "/solicitudes/",
        "/solicitudes/previos/",
        f"/gestiones/{gestion.numero}/",
        *(pasos.ruta_paso(gestion, c) for c in ("datos-generales", "beneficiario", "documentos")),
        *(pasos.ruta_archivos(gestion, n) for n in (1, 2, 6, 7, 8)),
        f"/gestiones/{gestion.numero}/archivos/{archivo.pk}/eliminar/",
        f"/gestiones/{gestion.numero}/documentos/6/sustituir/",
    ]


@pytest.mark.parametrize("color_scheme", COLORES)
def test_la_correccion(abrir: Callable[..., Page], persona: Usuario, color_scheme: str):
    """E1, E2, E6, E8: the table, the window, the steps and the question, in both schemes; then the errors."""
    page = pasos.entrar(abrir(color_scheme=color_scheme), persona)
    gestion = devuelta(persona)
    visitar(page, paginas(gestion))
    page.goto(pasos.ruta_paso(gestion, "documentos"))
    pasos.continuar(page)
    expect(pasos.resumen(page)).to_be_visible()
    revisar(page)


def test_lo_que_termino(abrir: Callable[..., Page], persona: Usuario):
    """FB2, FB4, C10: archived by each cause, admitted, sent back; and the question before withdrawing."""
    page = pasos.entrar(abrir(), persona)
    reenviada = escenas.reponer(escenas.observada(persona), 1)
    escenas.remandar(reenviada)
    gestiones = [
        reenviada,
        escenas.admitida(persona),
        escenas.archivada(escenas.hasta_acta(persona)),
        escenas.desistida(escenas.enviada_sin_papeles(persona)),
    ]
    visitar(page, [f"/gestiones/{g.numero}/" for g in gestiones])
    visitar(page, ["/solicitudes/", f"/gestiones/{reenviada.numero}/desistir/"])


@pytest.mark.parametrize("hoja", HOJAS.values(), ids=HOJAS.keys())
def test_con_la_letra_de_cada_quien_nada_se_desborda(abrir: Callable[..., Page], persona: Usuario, hoja: str):
    """E1: at 320 px, with spaced text and at twice its size."""
    gestion = devuelta(persona)
    page = pasos.entrar(abrir(viewport={"width": 320, "height": 800}, bypass_csp=True), persona)

    def con_hoja(page: Page) -> None:
        page.add_style_tag(content=hoja)
        revisar(page)

    visitar(page, paginas(gestion), con_hoja)
