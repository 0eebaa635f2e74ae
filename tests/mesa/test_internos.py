"""What the office leaves on record, which its subject never sees (F6), and the history (F3)."""

import pytest
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, campos, errores, filas, palabras, texto

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel
DATOS = {
    "causa": "ENF",
    "declarada_el": "05/03/2026",
    "dos_anios": "on",
    "solvencia": "recibida",
    "providencia": "PROV-12-2026",
    "providencia_el": "2026-03-09",
    "posible_alteracion": "on",
}


def asentar(navegador, gestion, **cambios):
    """«Guardar datos internos» on the page as it stands."""
    version = type(gestion).objects.get(pk=gestion.pk).version
    return navegador.post(reverse("internos", args=[gestion.numero]), {"version": version} | DATOS | cambios)


def test_los_datos_internos_se_guardan_y_vuelven_a_mostrarse(mesa, tomada, pagina):
    """F6: cause, date, the two years, solvency, providencia, the reserved mark."""
    asentar(mesa, tomada)
    tomada.refresh_from_db()
    internos = tomada.internos
    assert internos.datos == {"causa": "ENF", "declarada_el": "2026-03-05", "dos_anios": True}
    assert f"{internos.solvencia} {internos.providencia_el:%d-%m-%Y}" == "recibida 09-03-2026"
    respuesta = mesa.get(pagina("revision", tomada))
    formulario = arbol(respuesta).find(".//section[@id='internos']/form")
    assert formulario.find(".//input[@name='declarada_el']").get("value") == "05/03/2026"
    assert formulario.find(".//input[@name='dos_anios']").get("checked") is not None
    assert formulario.find(".//select[@name='causa']/option[@selected]").text == "Enfermedad"
    assert "Posible alteración (reservado)" in palabras(respuesta)


def test_una_fecha_mal_escrita_se_dice_y_no_guarda_nada(mesa, tomada, pagina):
    respuesta = asentar(mesa, tomada, declarada_el="ayer")
    assert errores(respuesta) == ["Escriba la fecha así: 31/12/1980."]
    assert not hasattr(type(tomada).objects.get(pk=tomada.pk), "internos")


def test_una_pestana_vieja_no_borra_la_marca_reservada(mesa, tomada, pagina):
    """F6, matriz.md §1-§2: 409, nothing is written, and what was typed is shown."""
    formulario = arbol(mesa.get(pagina("revision", tomada))).find(".//section[@id='internos']/form")
    vieja = formulario.find(".//input[@name='version']").get("value")
    asentar(mesa, tomada)
    datos = DATOS | {"version": vieja, "posible_alteracion": "", "providencia": "PROV-13-2026"}
    respuesta = mesa.post(pagina("internos", tomada), datos)
    assert respuesta.status_code == 409
    assert "Fecha de declaración del IGSS: 05/03/2026" in palabras(respuesta)
    assert "Providencia número: PROV-13-2026" in palabras(respuesta)
    tomada.refresh_from_db()
    assert (tomada.internos.posible_alteracion, tomada.internos.providencia) == (True, "PROV-12-2026")


def anotar(navegador, gestion, texto):
    """Write a note in the form of the page, which carries its ficha, and press its button."""
    ficha = campos(navegador.get(reverse("revision", args=[gestion.numero])))["ficha"]
    return navegador.post(reverse("anotar", args=[gestion.numero]), {"texto": texto, "ficha": ficha})


def test_la_misma_nota_enviada_dos_veces_es_una(mesa, tomada, pagina):
    """S13."""
    dicho = {"texto": "Llamé.", "ficha": campos(mesa.get(pagina("revision", tomada)))["ficha"]}
    for _ in range(2):
        assert mesa.post(pagina("anotar", tomada), dicho).status_code == 302
    assert tomada.notas.count() == 1


def test_una_nota_queda_con_su_fecha_tambien_despues_de_admitir(mesa, analista, tomada, pagina):
    """F6: notes with date, after admission too."""
    escenas.observar_en(tomada, analista, {}, {})
    version = type(tomada).objects.get(pk=tomada.pk).version
    mesa.post(pagina("admitir", tomada), {"version": version})
    nota = anotar(mesa, tomada, "Llamó para preguntar.")
    assert nota.status_code == 302
    assert "Llamó para preguntar." in palabras(mesa.get(pagina("revision", tomada)))
    assert errores(anotar(mesa, tomada, "  ")) == ["Escriba la nota."]


def test_la_persona_no_ve_nada_de_lo_interno(mesa, cliente, tomada, pagina):
    """F6, matriz.md §3: T never."""
    asentar(mesa, tomada)
    anotar(mesa, tomada, "SOLO PARA ONSEC")
    for respuesta in (
        cliente.get(reverse("gestion", args=[tomada.numero])),
        mesa.get(pagina("como_la_persona", tomada)),
    ):
        escrito = palabras(respuesta)
        assert "SOLO PARA ONSEC" not in escrito
        assert "PROV-12-2026" not in escrito
        assert "alteración" not in escrito
        assert "Un analista tomó" not in escrito


def test_otro_analista_no_ve_lo_interno(entrar, mesa, tomada, pagina):
    anotar(mesa, tomada, "SOLO PARA QUIEN LA TIENE")
    navegador = entrar(Papel.ANALISTA)
    assert "SOLO PARA QUIEN LA TIENE" not in palabras(navegador.get(pagina("revision", tomada)))
    assert navegador.post(pagina("anotar", tomada), {"texto": "X"}).status_code == 403
    assert asentar(navegador, tomada).status_code == 403


def test_el_historial_dice_cada_acto_en_palabras_y_quien_lo_hizo(mesa, analista, tomada, pagina):
    """F3: who, when, from which state to which, over what."""
    escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {"beneficiario": "FALTA LLENAR."})
    escenas.devolver(tomada, analista)
    respuesta = mesa.get(pagina("historia", tomada))
    actos = [(acto, detalle, quien) for _, acto, detalle, quien in filas(respuesta)]
    suyo = "SOFÍA PALENCIA · Analista"
    assert ("Un analista tomó la Gestión", "SOFÍA PALENCIA", suyo) in actos
    assert (
        "Se revisó un documento",
        "Ronda 1 · Documento 1, Formulario de Solicitud de Pensión debidamente firmado y ratificado"
        " · Con observación",
        suyo,
    ) in actos
    assert ("Se revisó un paso", "Ronda 1 · Paso 2, Datos del Beneficiario · Con observación", suyo) in actos
    assert ("Envió la solicitud a ONSEC", "Ronda 1", f"{tomada.solicitante} · titular") in actos
    assert any(acto == "ONSEC la devolvió con observaciones" for acto, _, _ in actos)
    assert len(actos) == Evento.objects.filter(gestion=tomada.numero).count()


@pytest.mark.parametrize("accion", ["admitida", "archivada", "desistida"])
def test_el_historial_se_lee_en_todos_los_estados(entrar, titular, pagina, accion):
    gestion = {
        "admitida": lambda: escenas.admitida(titular),
        "archivada": lambda: escenas.archivada(escenas.observada(titular)),
        "desistida": lambda: escenas.desistida(escenas.enviada_sin_papeles(titular)),
    }[accion]()
    navegador = entrar(Papel.JEFATURA)
    for nombre in ("historia", "revision", "como_la_persona"):
        assert navegador.get(pagina(nombre, gestion)).status_code == 200
    assert texto(arbol(navegador.get(pagina("historia", gestion))).find(".//tbody/tr/th"))


def test_lo_que_la_persona_corrige_no_se_ve_hasta_que_lo_envia(mesa, analista, titular, pagina):
    """matriz.md §4, F8: neither in «Como la ve la persona» nor in the two histories."""
    gestion = escenas.observada(titular, analista)
    direccion = pagina("como_la_persona", gestion)
    antes = filas(mesa.get(direccion))
    escenas.reponer(gestion, 1)
    assert filas(mesa.get(direccion)) == antes
    assert antes[0][3] == "Ver 1 cargado"
    for nombre in ("como_la_persona", "historia"):
        leido = palabras(mesa.get(pagina(nombre, gestion)))
        assert "Eliminó un archivo" not in leido
        assert "Corregido: falta enviarlo." not in leido
        assert "Confirmó el formulario" in leido  # before the first sending
    escenas.remandar(gestion)
    for nombre in ("como_la_persona", "historia"):
        assert "Eliminó un archivo" in palabras(mesa.get(pagina(nombre, gestion)))


def test_lo_que_no_se_envio_tampoco_se_ve_si_se_archiva(mesa, analista, titular, pagina):
    """matriz.md §4: what was never sent is not the office's."""
    gestion = escenas.observada(titular, analista)
    escenas.quitar(gestion, gestion.documentos_vigentes[0])
    escenas.desistida(gestion)
    for nombre in ("como_la_persona", "historia"):
        leido = palabras(mesa.get(pagina(nombre, gestion)))
        assert "La Gestión se archivó" in leido
        assert "Eliminó un archivo" not in leido


def test_la_persona_si_ve_lo_que_corrige(cliente, analista, titular):
    gestion = escenas.observada(titular, analista)
    escenas.quitar(gestion, gestion.documentos_vigentes[0])
    assert "Eliminó un archivo" in palabras(cliente.get(reverse("gestion", args=[gestion.numero])))
