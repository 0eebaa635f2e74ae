"""Who may open each page of the desk, and what each role finds there."""

import pytest
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, palabras, texto
from tramites.models import Gestion

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel
TODOS = list(Papel)
# Page of a Gestión «Solicitud Recibida» that nobody holds → the roles that may open it (matriz.md §3).
ABREN = {
    "revision": {Papel.ANALISTA, Papel.JEFATURA, Papel.AUDITORIA},
    "historia": {Papel.ANALISTA, Papel.JEFATURA, Papel.AUDITORIA},
    "como_la_persona": {Papel.ANALISTA, Papel.JEFATURA},
    "reasignar": {Papel.JEFATURA},
    "leer_con_motivo": {Papel.AUDITORIA, Papel.ADMINISTRACION},
}
CERRADAS = ("observar", "admitir", "internos", "anotar", "constancia_revision", "vista_previa_correo")


@pytest.mark.parametrize("papel", TODOS)
@pytest.mark.parametrize("nombre", ABREN)
def test_cada_papel_abre_solo_lo_suyo(entrar, recibida, pagina, nombre, papel):
    """S17, F7, F8: the page asks the table of permissions."""
    respuesta = entrar(papel).get(pagina(nombre, recibida))
    assert respuesta.status_code == (200 if papel in ABREN[nombre] else 403)


@pytest.mark.parametrize("papel", [p for p in TODOS if p is not Papel.JEFATURA])
@pytest.mark.parametrize("nombre", CERRADAS)
def test_lo_de_quien_la_tiene_esta_cerrado_a_los_demas(entrar, recibida, pagina, nombre, papel):
    """S18: who does not hold it neither decides nor reads its internal data."""
    assert entrar(papel).get(pagina(nombre, recibida)).status_code == 403


@pytest.mark.parametrize("papel", TODOS)
def test_la_mesa_abre_a_todo_el_personal_y_las_estadisticas_no_a_consulta(entrar, papel):
    navegador = entrar(papel)
    assert navegador.get(reverse("mesa")).status_code == 200
    esperado = 403 if papel is Papel.CONSULTA else 200
    assert navegador.get(reverse("estadisticas")).status_code == esperado


@pytest.mark.parametrize("papel", TODOS)
def test_solo_jefatura_lista_los_borradores(entrar, papel):
    esperado = 200 if papel is Papel.JEFATURA else 403
    assert entrar(papel).get(reverse("borradores")).status_code == esperado


@pytest.mark.parametrize("nombre", ["mesa", "estadisticas", "borradores"])
def test_para_un_ciudadano_la_mesa_no_existe(cliente, nombre):
    """C9: 404, as whatever does not exist."""
    assert cliente.get(reverse(nombre)).status_code == 404


@pytest.mark.parametrize("nombre", [*ABREN, *CERRADAS])
def test_para_su_titular_las_paginas_de_la_mesa_no_existen(cliente, recibida, pagina, nombre):
    """matriz.md §1: T under /revision/ is a 404."""
    assert cliente.get(pagina(nombre, recibida)).status_code == 404


def test_lo_que_no_existe_es_404(mesa):
    assert mesa.get(reverse("revision", args=[999_999])).status_code == 404


@pytest.mark.parametrize("papel", TODOS)
def test_de_un_borrador_el_personal_no_lee_nada(entrar, titular, pagina, papel):
    """matriz.md §3: a draft is its owner's alone."""
    borrador = escenas.hasta_acta(titular)
    for nombre in ("revision", "historia", "como_la_persona", "leer_con_motivo"):
        assert entrar(papel).get(pagina(nombre, borrador)).status_code == 403


@pytest.mark.parametrize("papel", TODOS)
def test_nadie_abre_la_gestion_de_su_mismo_cui(entrar, recibida, pagina, papel):
    """S18, matriz.md §2: conflict of interest by CUI."""
    mismo = escenas.analista(papel=papel, cui=recibida.titular_cui)
    for nombre in ABREN:
        assert entrar(mismo).get(pagina(nombre, recibida)).status_code == 403


def test_auditoria_lee_el_expediente_sin_los_archivos_ni_lo_interno(entrar, recibida, pagina):
    """matriz.md §3: U, without files."""
    respuesta = entrar(Papel.AUDITORIA).get(pagina("revision", recibida))
    escrito = palabras(respuesta)
    assert "documento 2.pdf" not in escrito
    assert "Datos internos" not in escrito
    assert recibida.titular_nombre in escrito


def test_abrir_el_expediente_y_un_archivo_queda_escrito_una_vez_por_lectura(mesa, analista, recibida, pagina):
    """F3: each reading is an event; turning pages is the same reading."""
    for _ in range(3):
        mesa.get(pagina("revision", recibida))
    leidos = Evento.objects.filter(gestion=recibida.numero, actor=analista)
    assert [e.tipo for e in leidos.order_by("id")] == ["expediente_leido", "documento_leido"]


def test_una_lectura_dura_media_hora(mesa, analista, recibida, pagina, time_machine):
    time_machine.move_to("2027-03-02 15:00:00+00:00", tick=False)
    mesa.force_login(analista)
    mesa.get(pagina("historia", recibida))
    mesa.get(pagina("revision", recibida))
    time_machine.move_to("2027-03-02 15:31:00+00:00", tick=False)
    mesa.force_login(analista)
    mesa.get(pagina("revision", recibida))
    assert Evento.objects.filter(tipo="expediente_leido").count() == 2


def test_jefatura_ve_del_borrador_su_numero_su_fecha_y_su_plazo(entrar, titular):
    """matriz.md §3: no data."""
    borrador = escenas.hasta_acta(titular)
    escrito = palabras(entrar(Papel.JEFATURA).get(reverse("borradores")))
    assert str(borrador.numero) in escrito
    assert f"{borrador.ultimo_dia:%d-%m-%Y}" in escrito
    assert titular.primer_apellido not in escrito
    assert titular.cui not in escrito.replace(" ", "")


@pytest.mark.parametrize("papel", [Papel.ANALISTA, Papel.JEFATURA, Papel.AUDITORIA, Papel.CONSULTA])
def test_al_ingresar_el_personal_llega_a_la_mesa(client, papel):
    persona = escenas.analista(papel=papel)
    persona.set_password("Demo-CEO-2026")
    persona.save()
    persona.emailaddress_set.create(email=persona.email, primary=True, verified=True)
    respuesta = client.post(
        reverse("account_login"), {"login": persona.email, "password": "Demo-CEO-2026"}, follow=True
    )
    assert respuesta.redirect_chain[-1][0] == reverse("mesa")


def test_el_menu_del_personal_lleva_a_la_mesa_y_a_sus_datos(mesa):
    menu = [texto(a) for a in arbol(mesa.get(reverse("mesa"))).findall(".//nav[@aria-label='Principal']//a")]
    assert menu == ["Bandeja", "Estadísticas", "Mis Notificaciones", "Mis datos"]
    assert mesa.get(reverse("mis_datos")).status_code == 200


def test_un_nombre_con_html_se_lee_como_se_escribio(mesa, recibida, pagina):
    """S26: whatever a citizen typed is text at the desk."""
    malo = '<img src=x onerror="alert(1)">'
    Gestion.objects.filter(pk=recibida.pk).update(titular_nombre=malo)
    for direccion in (reverse("mesa") + "?vista=todas", pagina("revision", recibida)):
        cuerpo = mesa.get(direccion).content.decode()
        assert malo not in cuerpo
        assert "&lt;img src=x" in cuerpo
