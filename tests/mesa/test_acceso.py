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


def leidos(gestion) -> list[str]:
    """The readings in the log, oldest first."""
    tipos = ("expediente_leido", "documento_leido")
    eventos = Evento.objects.filter(gestion=gestion.numero, tipo__in=tipos).order_by("id")
    return [e.tipo.removesuffix("_leido") for e in eventos]


def test_cada_vez_que_se_abre_la_pagina_queda_escrita(mesa, recibida, pagina):
    """F3, matriz.md §3: each reading, an event; the page shows a file, which is another."""
    for _ in range(3):
        mesa.get(pagina("revision", recibida))
    assert leidos(recibida) == ["expediente", "documento"] * 3


@pytest.mark.parametrize("nombre", ["historia", "como_la_persona"])
def test_ver_el_historial_o_la_pantalla_de_la_persona_es_leer_el_expediente(mesa, recibida, pagina, nombre):
    """matriz.md §3: «ver Gestión, historial y sus archivos … cada lectura, evento»."""
    for _ in range(2):
        mesa.get(pagina(nombre, recibida))
    assert leidos(recibida) == ["expediente"] * 2


def test_cada_descarga_de_un_archivo_queda_escrita(mesa, recibida, pagina):
    """F3, matriz.md §3."""
    documento = recibida.documentos.first()
    for _ in range(3):
        mesa.get(pagina("archivo_revision", recibida, documento.pk))
    assert leidos(recibida) == ["documento"] * 3


def test_pasar_las_paginas_de_un_archivo_es_una_sola_lectura(mesa, recibida, pagina):
    """F3: its pictures, and the page turned without a script."""
    documento = next(d for d in recibida.documentos_vigentes if d.renglon == 2)
    direccion = f"{pagina('revision', recibida)}?abrir=2&ver={documento.pk}"
    mesa.get(direccion)
    for _ in range(2):
        mesa.get(pagina("pagina", recibida, documento.pk, 1))
        mesa.get(f"{direccion}&pagina=1")
    assert leidos(recibida) == ["expediente", "documento"]


def test_un_enlace_a_una_pagina_no_entra_sin_dejar_escrito(mesa, recibida, pagina):
    """matriz.md §3: to go on reading, one has to be reading."""
    documento = recibida.documentos.first()
    mesa.get(f"{pagina('revision', recibida)}?ver={documento.pk}&pagina=1")
    assert leidos(recibida) == ["expediente", "documento"]


def test_lo_que_uno_guarda_en_la_pagina_no_es_otra_lectura(mesa, tomada, pagina):
    """F3: the page comes back by itself; the next time that it is opened, it counts."""
    mesa.get(pagina("revision", tomada))
    dicho = {"d-1-version": tomada.version, "d-1-resultado": "OBSERVADO"}
    mesa.post(pagina("juzgar_renglon", tomada, 1), dicho)  # refused: it comes back with what was typed
    mesa.post(pagina("juzgar_renglon", tomada, 1), dicho | {"d-1-texto": escenas.FIRMA}, follow=True)
    assert leidos(tomada) == ["expediente", "documento", "documento"]  # and the next renglón's file
    mesa.get(pagina("revision", tomada))
    assert leidos(tomada)[3:] == ["expediente", "documento"]


def test_una_lectura_dura_media_hora(mesa, analista, recibida, pagina, time_machine):
    """F3: who turns a page later is reading again."""
    documento = recibida.documentos.first()
    time_machine.move_to("2027-03-02 15:00:00+00:00", tick=False)
    for instante in ("15:00", "15:29", "15:31"):
        time_machine.move_to(f"2027-03-02 {instante}:00+00:00", tick=False)
        mesa.force_login(analista)
        mesa.get(pagina("pagina", recibida, documento.pk, 1))
    assert leidos(recibida) == ["documento"] * 2


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
