"""What the scripts add, in a real browser; the page does its work without any of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.accesibilidad import revisar
from tests.recorridos import pasos
from tests.tramites import escenas
from tramites.models import Documento, Gestion

CERRADA = "Su sesión se cerró por seguridad. Ingrese otra vez; lo que escribió está guardado."


@pytest.fixture
def persona(transactional_db) -> Usuario:
    return pasos.persona()


@pytest.fixture
def entrar(abrir: Callable[..., Page], persona) -> Callable[..., Page]:
    """A page where that person has signed in."""
    return lambda **opciones: pasos.entrar(abrir(**opciones), persona)


@pytest.fixture
def gestion(persona) -> Gestion:
    return escenas.nueva(persona)


def al_paso_2(pagina: Page, gestion: Gestion) -> None:
    pagina.goto(pasos.ruta_paso(gestion, "datos-generales"))
    pasos.continuar(pagina)
    pagina.wait_for_url(f"**{pasos.ruta_paso(gestion, 'beneficiario')}")


def test_la_sesion_avisa_cinco_minutos_antes_y_se_puede_seguir(entrar):
    """mensajes.md §5; WCAG 2.2.1."""
    pagina = entrar()
    pagina.clock.install()
    pagina.goto("/tablero/")
    pagina.clock.run_for("24:00")
    aviso = pagina.get_by_role("dialog")
    expect(aviso).to_be_hidden()
    pagina.clock.run_for("01:01")
    expect(aviso).to_contain_text(
        "Su sesión se cerrará en 5 minutos. Presione «Seguir conectado» para continuar."
    )
    revisar(pagina)
    aviso.get_by_role("button", name="Seguir conectado").click()
    expect(aviso).to_be_hidden()
    pagina.clock.run_for("24:00")
    expect(aviso).to_be_hidden()


def test_la_sesion_que_se_cerro_lo_dice_y_ofrece_ingresar(entrar):
    """mensajes.md §5 «Vencida»."""
    pagina = entrar()
    pagina.clock.install()
    pagina.goto("/ayuda/")
    pagina.clock.run_for("30:01")
    aviso = pagina.get_by_role("dialog")
    expect(aviso).to_contain_text(
        "Su sesión se cerró por seguridad. Ingrese otra vez; lo que escribió está guardado."
    )
    expect(aviso.get_by_role("link", name="Ingresar")).to_have_attribute("href", "/ayuda/")
    expect(aviso.get_by_role("button", name="Seguir conectado")).to_be_hidden()


def test_lo_escrito_en_un_formulario_que_no_se_guarda_solo_no_se_da_por_guardado(entrar, persona):
    """mensajes.md §5: it is sent, kept aside, and back in its own box after signing in."""
    gestion, pagina = escenas.enviada_sin_papeles(persona), entrar()
    pagina.clock.install()
    pagina.goto(f"/gestiones/{gestion.numero}/rectificar/")
    pagina.get_by_role("textbox").fill("El teléfono es otro")
    pagina.clock.run_for("30:01")
    aviso = pagina.get_by_role("dialog")
    expect(aviso).to_contain_text("Cierre este aviso y envíe lo que escribió: al ingresar lo verá aquí.")
    expect(aviso.get_by_text("lo que escribió está guardado")).to_be_hidden()
    revisar(pagina)
    pagina.context.clear_cookies(name="sessionid")
    aviso.get_by_role("button", name="Cerrar este aviso").click()
    pasos.boton(pagina, "Enviar la petición").click()
    expect(pagina.get_by_text("lo que escribió está guardado")).to_be_visible()
    pasos.dar_clave(pagina, persona.cui)
    expect(pagina.get_by_role("textbox")).to_have_value("El teléfono es otro")


def test_el_municipio_sigue_al_departamento(entrar, gestion):
    """B2.4: con script se filtra, y cambiar de departamento lo limpia."""
    pagina = entrar()
    al_paso_2(pagina, gestion)
    departamento, municipio = (
        pagina.get_by_label("Depto. de nacimiento"),
        pagina.get_by_label("Municipio de nacimiento"),
    )
    assert municipio.locator("optgroup").count() == 22
    departamento.select_option(label="Quetzaltenango")
    assert municipio.locator("optgroup").evaluate_all("g => g.map(x => x.label)") == ["Quetzaltenango"]
    municipio.select_option(label="Almolonga")
    departamento.select_option(label="Guatemala")
    expect(municipio).to_have_value("")
    municipio.select_option(label="Mixco")
    departamento.select_option(value="")
    expect(municipio).to_have_value("")
    assert municipio.locator("optgroup").count() == 22


def test_lo_tecleado_se_guarda_solo_y_se_anuncia(entrar, gestion):
    """experiencia.md §1 «Save & resume»: también lo que no está bien."""
    pagina = entrar()
    al_paso_2(pagina, gestion)
    pagina.get_by_label("Número telefónico").fill("55")
    expect(pagina.get_by_role("status").filter(has_text="Guardado a las")).to_be_visible()
    assert gestion.respuestas.get(paso="beneficiario").valores["telefono"] == "55"
    pagina.reload()
    expect(pagina.get_by_label("Número telefónico")).to_have_value("55")


def test_sin_conexion_no_se_pierde_nada_y_se_intenta_de_nuevo(entrar, gestion):
    pagina = entrar()
    al_paso_2(pagina, gestion)
    pagina.context.set_offline(True)
    pagina.get_by_label("Profesión u oficio").fill("MAESTRA")
    expect(pagina.get_by_text("No hay conexión. Lo intentaremos de nuevo.")).to_be_visible()
    pagina.context.set_offline(False)
    pagina.get_by_label("Profesión u oficio").fill("MAESTRA RURAL")
    expect(pagina.get_by_text("Guardado a las")).to_be_visible()
    assert gestion.respuestas.get(paso="beneficiario").valores["profesion"] == "MAESTRA RURAL"


def test_un_borrador_en_camino_no_llega_despues_de_continuar(entrar, gestion):
    """B0: the autosave on its way is cut before «Continuar» goes out, and what was sent stands."""
    pagina = entrar()
    al_paso_2(pagina, gestion)
    pasado = []

    def ver(ruta):
        borrador = "autoguardar" in (ruta.request.post_data or "")
        if ruta.request.method == "POST":
            pasado.append("sale el borrador" if borrador else "sale Continuar")
        if not borrador:
            ruta.continue_()

    pagina.route("**/paso/**", ver)
    pagina.on("requestfailed", lambda _: pasado.append("se corta el borrador"))
    with pagina.expect_request(lambda r: "autoguardar" in (r.post_data or "")):
        pagina.get_by_label("Profesión u oficio").fill("MAESTRA")
    pagina.get_by_label("Profesión u oficio").fill("MAESTRA RURAL")
    with pagina.expect_response(lambda r: r.request.method == "POST"), pagina.expect_event("requestfailed"):
        pasos.continuar(pagina)
    expect(pasos.resumen(pagina)).to_be_visible()
    assert pasado == ["sale el borrador", "se corta el borrador", "sale Continuar"]
    assert gestion.respuestas.get(paso="beneficiario").valores["profesion"] == "MAESTRA RURAL"


def test_si_la_sesion_se_cerro_no_dice_que_guardo(entrar, gestion):
    """A redirect to the sign-in page is not a saved step."""
    pagina = entrar()
    al_paso_2(pagina, gestion)
    pagina.context.clear_cookies(name="sessionid")
    pagina.get_by_label("Profesión u oficio").fill("MAESTRA")
    aviso = "Su sesión se cerró por seguridad. Presione «Continuar» e ingrese otra vez."
    expect(pagina.get_by_role("status").filter(has_text=aviso)).to_be_visible()
    expect(pagina.get_by_text("Guardado a las")).to_have_count(0)


def test_el_doble_clic_manda_una_sola_vez_y_no_deja_nada_muerto(entrar):
    """B7.5: el segundo intento no sale; pasados unos segundos se puede de nuevo."""
    pagina = entrar()
    pagina.clock.install()
    pagina.goto("/tramites/invalidez/")
    frenados = pagina.evaluate_handle(
        """() => {
            const frenados = [];
            addEventListener("submit", (e) => { frenados.push(e.defaultPrevented); e.preventDefault(); });
            return frenados;
        }"""
    )
    boton = pagina.get_by_role("button", name="Aceptar")
    boton.click()
    boton.click()
    assert frenados.json_value() == [False, True]
    pagina.clock.run_for("00:09")
    boton.click()
    assert frenados.json_value() == [False, True, False]


def test_el_menu_del_telefono_se_abre_sin_script_y_se_cierra_con_escape(entrar):
    """Without script, `details` vacío y un solo `nav`."""
    angosta = {"viewport": {"width": 360, "height": 800}}
    for javascript in (True, False):
        pagina = entrar(javascript=javascript, **angosta)
        pagina.goto("/ayuda/")
        expect(pagina.get_by_role("link", name="Mis Solicitudes")).to_be_hidden()
        pagina.get_by_text("Menú", exact=True).click()
        expect(pagina.get_by_role("link", name="Mis Solicitudes")).to_be_visible()
        if javascript:
            revisar(pagina)
            pagina.keyboard.press("Escape")
            expect(pagina.get_by_role("link", name="Mis Solicitudes")).to_be_hidden()


def test_si_la_conexion_se_corta_la_carga_lo_dice_y_se_puede_repetir(entrar, persona):
    """mensajes.md §1 `corte`; la respuesta ocupa el lugar de la página y el foco va a ella."""
    gestion = escenas.hasta_documentos(persona)
    pagina = entrar()
    pagina.goto(pasos.ruta_archivos(gestion, 2))
    pagina.get_by_label("Archivo PDF").set_input_files(
        {"name": "NACIMIENTO.pdf", "mimeType": "application/pdf", "buffer": escenas.pdf()}
    )
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Cargar archivo").click()
    corte = pagina.get_by_text("La conexión se cortó. Presione «Cargar archivo» para intentarlo otra vez.")
    expect(corte).to_be_visible()
    revisar(pagina)
    pagina.context.set_offline(False)
    pagina.get_by_role("button", name="Cargar archivo").click()
    hecho = pagina.get_by_role("status").filter(has_text="Se cargó NACIMIENTO.pdf.")
    expect(hecho).to_be_focused()
    expect(pagina.get_by_role("link", name="NACIMIENTO.pdf", exact=True)).to_have_count(1)
    revisar(pagina)
    assert Documento.objects.filter(gestion=gestion).count() == 1


def test_descargado_el_formulario_ya_no_se_ve_el_error_de_antes(entrar, persona, tmp_path):
    """B5.2: the page stays after the download; what it said of the attempt before does not."""
    gestion, pagina = escenas.hasta_acta(persona), entrar()
    escenas.leer(gestion)
    pagina.goto(pasos.ruta_paso(gestion, "notificado"))
    boton = pasos.boton(pagina, "Guardar y Descargar")
    boton.click()
    problema = pagina.get_by_role("heading", name="Hay un problema")
    expect(problema).to_be_visible()
    pagina.get_by_label("CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE").check()
    pasos.guardar_descarga(pagina, boton.click, tmp_path)
    expect(problema).to_be_hidden()
    expect(pagina.locator(".campo.mal, .error:visible")).to_have_count(0)
