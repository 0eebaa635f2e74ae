"""At 320 and 360 px nothing scrolls sideways, not even in a box, and no number leaves its word."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tests.recorridos import pasos
from tests.tramites import escenas
from tramites.models import Gestion

Papel = Usuario.Papel
ANCHOS = (320, 360)
# What scrolls sideways, and each «No. 7» or date that two lines share.
DEFECTOS = r"""() => {
  const defectos = [], main = document.querySelector("main"), raiz = document.documentElement;
  const desborda = (e) => e === raiz || /auto|scroll/.test(getComputedStyle(e).overflowX);
  for (const e of [raiz, ...main.querySelectorAll("*")])
    if (e.scrollWidth > e.clientWidth + 1 && desborda(e)) defectos.push(`de lado: ${e.className}`);
  const textos = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), rango = document.createRange();
  const alto = (nodo, n) => {
    rango.setStart(nodo, n);
    rango.setEnd(nodo, n + 1);
    return rango.getBoundingClientRect().top;
  };
  while (textos.nextNode())
    for (const hallado of textos.currentNode.data.matchAll(/No\.\s+\d+|\d{2}-\d{2}-\d{4}/g)) {
      const ultima = hallado.index + hallado[0].length - 1;
      if (Math.abs(alto(textos.currentNode, hallado.index) - alto(textos.currentNode, ultima)) > 4)
        defectos.push(`partido: ${hallado[0]}`);
    }
  return defectos;
}"""


def defectos(page: Page, *direcciones: str) -> dict[str, list[str]]:
    hallados = {}
    for direccion in direcciones:
        page.goto(direccion)
        for ancho in ANCHOS:
            page.set_viewport_size({"width": ancho, "height": 780})
            if malos := page.evaluate(DEFECTOS):
                hallados[f"{direccion} a {ancho} px"] = malos
    return hallados


@pytest.fixture
def entrar(abrir: Callable[..., Page]) -> Callable[[Usuario], Page]:
    def _entrar(quien: Usuario) -> Page:
        page = abrir()
        page.goto("/cuenta/ingresar/")
        pasos.dar_clave(page, quien.cui if quien.es_ciudadano else quien.email)
        page.wait_for_url(lambda url: "ingresar" not in url)
        return page

    return _entrar


@pytest.fixture
def observada(transactional_db) -> Gestion:
    """A Gestión with a long history, of a citizen who also has an archived draft."""
    persona = pasos.persona()
    escenas.archivada(escenas.con_archivos(persona))
    return escenas.notificada(escenas.observada(persona, pasos.analista(), {1: escenas.FIRMA}))


def test_las_paginas_de_la_persona(entrar, observada):
    n = observada.numero
    suyas = [reverse(nombre) for nombre in ("tablero", "solicitudes", "notificaciones", "tramites")]
    suyas += [reverse(nombre, args=[n]) for nombre in ("gestion", "desistir", "pedir_rectificacion")]
    suyas += [reverse("notificacion", args=[aviso.pk]) for aviso in Notificacion.objects.filter(gestion=n)]
    suyas += [pasos.ruta_paso(observada, "documentos"), pasos.ruta_archivos(observada, 1)]
    assert defectos(entrar(observada.solicitante), *suyas) == {}


@pytest.mark.parametrize("papel", [Papel.JEFATURA, Papel.CONSULTA, Papel.AUDITORIA])
def test_las_paginas_de_onsec(entrar, observada, papel):
    """Borradores, Historial, Estadísticas and the counter's table among them."""
    n = observada.numero
    propias = {
        Papel.JEFATURA: [reverse("borradores"), reverse("estadisticas"), f"{reverse('mesa')}?vista=todas"],
        Papel.AUDITORIA: [reverse("bitacora")],
    }
    deesta = ["revision", "historia"] if papel != Papel.CONSULTA else []
    deesta += ["vista_previa_correo", "reasignar"] if papel == Papel.JEFATURA else []
    direcciones = [f"{reverse('mesa')}?q={n}", *propias.get(papel, [])]
    direcciones += [reverse(nombre, args=[n]) for nombre in deesta]
    assert defectos(entrar(pasos.analista(papel=papel)), *direcciones) == {}


def test_las_paginas_de_todos(abrir):
    publicas = ["/", "/terminos/", "/privacidad/", "/accesibilidad/", "/ayuda/", "/verificar/"]
    assert defectos(abrir(), *publicas, "/tramites/invalidez/requisitos/", "/cuenta/registro/") == {}
