"""The fast way of writing a step's form equals the ordinary one, byte for byte (rendimiento.md)."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceo_portal.interfaz import esqueleto
from mesa.filtros import BitacoraForm, FiltroForm, PeriodoForm
from previsión.catalogos.models import Opcion
from tests.prevision.datos import CONTEXTO
from tests.tramites import escenas
from tramites import registro

PASOS = [(t, p) for t in registro.todos() for p in t.formularios]
CADA_PASO = pytest.mark.parametrize(
    "clase", [p.clase_formulario for _, p in PASOS], ids=[f"{t.clave}-{p.clave}" for t, p in PASOS]
)
VENENOS = [
    "<script>alert(1)</script>",
    "\"><b onx='y'> &amp; ",
    "Ñuñez  de León",
    "{{ gestion }}{% csrf_token %}",
    f'{esqueleto.MARCA}-primer_nombre" selected>',
    f"{esqueleto.MARCA}0-primer_nombre;",
    "\x00\u202e\u2028",
    " ",
    "00",
]
ORDINARIO = Template("{% load crispy_forms_tags %}{% crispy form %}")
DE_UNA_VEZ = re.compile(r'(name="(?:csrfmiddlewaretoken|ficha)" value=")[^"]*')
LLAVE = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def ordinario(form) -> str:
    """What crispy writes in a page that has its own things to say."""
    return ORDINARIO.render(Context({"form": form, "gestion": "una", "paso": 2, "field": "x", "caso": "x"}))


@pytest.fixture(autouse=True)
def _desde_cero():
    esqueleto._esqueletos.clear()


def iguales(hacer, *, rapido: bool = True) -> None:
    """The same bytes while its skeleton is read and afterwards, and by the fast way if it is for it."""
    comun = ordinario(hacer())
    for _ in range(2):
        form = hacer()
        assert esqueleto.escribir(form) == comun
        assert esqueleto.escribir(form) == comun
    form = hacer()
    assert esqueleto._esqueletos[tuple(esqueleto._estructura(form, form.fields, []))].entero is rapido


def con(clase, valor):
    """The same text in every field."""
    return clase(dict.fromkeys(clase.base_fields, valor), contexto=CONTEXTO)


def opciones_de(clase) -> list[str]:
    """Every code that some list of the form offers."""
    campos = clase(contexto=CONTEXTO).fields.values()
    return sorted({str(v) for c in campos for v, _ in _planas(getattr(c, "choices", ()))})


def _planas(opciones):
    for valor, texto in opciones:
        yield from _planas(texto) if isinstance(texto, tuple | list) else [(valor, texto)]


# What a list of the desk may be asked: each with the values that it takes.
FILTROS = [
    lambda dato: FiltroForm(dato, personas=[(1, "ANA <b>"), (2, "LUZ")], con_estado=True, reserva=False),
    lambda dato: FiltroForm(dato, personas=[], con_estado=False, reserva=False),
    lambda dato: PeriodoForm(dato, hoy=date(2026, 3, 12)),
    BitacoraForm,
]


@pytest.mark.parametrize("hacer", FILTROS)
def test_lo_que_se_pide_a_una_lista_de_la_mesa(hacer):
    for valor in ("", "2", "20", "OBSERVADA", "01/01/2026", *VENENOS):
        iguales(partial(hacer, dict.fromkeys(hacer({}).fields, valor)))
    iguales(partial(hacer, None))


def test_hay_pasos_que_comparar():
    assert len(PASOS) >= 3


@pytest.mark.django_db
@CADA_PASO
class TestCadaPaso:
    def test_sin_escribir_nada(self, clase):
        iguales(lambda: clase(contexto=CONTEXTO))
        iguales(lambda: clase(contexto=CONTEXTO, initial=clase.iniciales(CONTEXTO)))

    def test_enviado_en_blanco_con_sus_errores(self, clase):
        assert clase({}, contexto=CONTEXTO).errors
        iguales(lambda: clase({}, contexto=CONTEXTO))

    @pytest.mark.parametrize("valor", VENENOS, ids=range(len(VENENOS)))
    def test_lo_que_quiere_ser_codigo(self, clase, valor):
        iguales(lambda: con(clase, valor))
        iguales(lambda: clase(contexto=CONTEXTO, initial=dict.fromkeys(clase.base_fields, valor)))
        assert "<script" not in esqueleto.escribir(con(clase, valor))

    def test_cada_opcion_de_cada_lista(self, clase):
        """The first form reads the skeleton; whatever the others chose, nothing of it stays."""
        for codigo in ["", *opciones_de(clase)[::7]]:
            form = clase(contexto=CONTEXTO, initial=dict.fromkeys(clase.base_fields, codigo))
            assert esqueleto.escribir(form) == ordinario(form)
        assert len(esqueleto._esqueletos) == 1

    def test_un_campo_malo_cada_vez(self, clase):
        for nombre in clase.base_fields:
            form = con(clase, "")
            form.errors.clear()
            form.add_error(nombre, ['Quite el signo "<" de <b>su dato</b>.', mark_safe("<i>Dos</i>")])
            assert esqueleto.escribir(form) == ordinario(form)

    def test_lo_que_salga(self, clase):
        """Whatever is typed, absent or chosen, with whatever errors it brings."""
        nombres = st.sampled_from(sorted(clase.base_fields))
        valores = st.text(max_size=40) | st.sampled_from([*VENENOS, *opciones_de(clase)])

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.dictionaries(nombres, valores), st.booleans())
        def comparar(dato, enviado):
            form = clase(dato if enviado else None, initial=dato, contexto=CONTEXTO)
            assert esqueleto.escribir(form) == ordinario(form)

        comparar()

    def test_lo_ya_leido_se_escribe_sin_el_modo_ordinario(self, clase, monkeypatch):
        esqueleto.escribir(clase(contexto=CONTEXTO))
        monkeypatch.setattr(esqueleto, "render_crispy_form", None)
        assert esqueleto.escribir(clase(contexto=CONTEXTO, initial=clase.iniciales(CONTEXTO)))

    def test_campos_cerrados_quitados_o_exigidos_en_una_sola_peticion(self, clase):
        """What one form changes of its class is its own: the next is as it was."""
        comun = ordinario(clase(contexto=CONTEXTO))

        def cambiado(cambio):
            form = clase(contexto=CONTEXTO)
            cambio(form, next(reversed(form.fields)))
            return form

        for cambio in (
            lambda f, n: setattr(f.fields[n], "disabled", True),
            lambda f, n: setattr(f.fields[n], "required", not f.fields[n].required),
            lambda f, n: setattr(f.fields[n], "label", "Otro <rótulo>"),
            lambda f, n: setattr(f.fields[n], "help_text", "Otra ayuda"),
            lambda f, n: f.fields[n].widget.attrs.update({"data-x": '"<'}),
            lambda f, n: f.fields[n].widget.attrs.update({"data-x": ["no se compara"]}),
            lambda f, _: setattr(f, "use_required_attribute", False),
            lambda f, _: setattr(f, "auto_id", "otro_%s"),
            lambda f, _: setattr(f, "prefix", "p"),
            lambda f, _: setattr(f, "helper", _disposicion(*f.fields)),
            lambda f, _: setattr(f, "helper", _disposicion(*reversed(f.fields))),
            lambda f, n: setattr(f, "helper", _disposicion(n)),
        ):
            assert esqueleto.escribir(cambiado(cambio)) == ordinario(cambiado(cambio))
            assert esqueleto.escribir(clase(contexto=CONTEXTO)) == comun


def _disposicion(*campos) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*campos)
    return helper


# ── whole pages ───────────────────────────────────────────────────────────────


@pytest.fixture
def pagina(cliente, monkeypatch):
    """A step's page, once it is the same by both ways."""

    def pedir(gestion, clave, datos=None) -> str:
        direccion, vistas = reverse("paso", args=[gestion.numero, clave]), []
        esqueleto._esqueletos.clear()
        for escribir in (esqueleto.escribir, esqueleto.escribir, ordinario):
            with monkeypatch.context() as cambio:
                cambio.setattr(esqueleto, "escribir", escribir)
                respuesta = cliente.get(direccion) if datos is None else cliente.post(direccion, datos)
            vistas.append(LLAVE.sub(r"\1", respuesta.content.decode()))
        assert vistas[0] == vistas[1] == vistas[2]
        return vistas[0]

    return pedir


def test_la_pagina_de_un_borrador(pagina, titular):
    gestion = escenas.hasta_acta(titular)
    for clave in escenas.RESPUESTAS:
        assert 'name="visto"' in pagina(gestion, clave)
        malo = dict.fromkeys(escenas.RESPUESTAS[clave], "<script>") | {"accion": "continuar"}
        assert "Hay un problema" in pagina(gestion, clave, malo)
        escenas.guardar(gestion, clave)


def test_la_pagina_de_un_paso_devuelto_y_la_de_uno_cerrado(pagina, titular):
    """Locked fields are read, not written; observed ones are a form again."""
    gestion = escenas.observada(titular, pasos={"beneficiario": "REVISE <b>EL DATO</b>."})
    assert "<select" in pagina(gestion, "beneficiario")
    assert "<select" not in pagina(gestion, "datos-generales")


def test_la_pagina_de_dos_pestanas_en_conflicto(pagina, cliente, titular):
    """The 409 and the page that gives back what was typed, with the fields of the other tab beside."""
    gestion = escenas.hasta_acta(titular)
    visto = '{"direccion": "vista", "profesion": "MAESTRA"}'
    dato = {"visto": visto, "direccion": "<script>otra", "profesion": "Otra", "accion": "continuar"}
    assert "Esta Gestión cambió" in pagina(gestion, "beneficiario", dato)
    cliente.post(reverse("paso", args=[gestion.numero, "beneficiario"]), dato)
    pagina(gestion, "beneficiario")


# ── what must not go stale ────────────────────────────────────────────────────


@pytest.mark.django_db
def test_un_catalogo_que_cambia_se_ve_en_la_pagina_siguiente(
    cliente, titular, django_capture_on_commit_callbacks, time_machine
):
    """`vigente_desde`: from its day on, and not a day before; a change by staff, at once."""
    gestion = escenas.hasta_acta(titular)
    direccion, hoy = reverse("paso", args=[gestion.numero, "beneficiario"]), timezone.localdate()
    assert b"Nueva de hoy" not in cliente.get(direccion).content
    with django_capture_on_commit_callbacks(execute=True):
        for nombre, dia in (("Nueva de hoy", hoy), ("La de mañana", hoy + timedelta(days=1))):
            Opcion.objects.create(
                catalogo="genero", codigo=nombre[:2], nombre=nombre, orden=9, vigente_desde=dia
            )
    vista = cliente.get(direccion).content.decode()
    assert "Nueva de hoy" in vista
    assert "La de mañana" not in vista
    time_machine.move_to(timezone.now() + timedelta(days=1))
    cliente.force_login(titular)
    assert "La de mañana" in cliente.get(direccion).content.decode()


class PropiaForm(forms.Form):
    """Options, words and fields of each person."""

    pais = forms.ChoiceField(label="País", choices=[("GT", "Guatemala"), ("SV", "El Salvador")])
    nombre = forms.CharField(label="Nombre")
    helper = _disposicion("pais", Field("nombre", wrapper_class="doble"))


def test_las_opciones_de_una_persona_no_son_de_la_siguiente():
    def de(persona):
        form = PropiaForm({"pais": persona, "nombre": persona})
        form.fields["pais"].choices = [(persona, f"El de {persona}"), (persona, "repetida")]
        form.fields["nombre"].help_text = f"Escriba {persona}"
        if persona == "carla":
            del form.fields["nombre"]
        return form

    for persona in ("ana", 'b"<&', "carla", "ana"):
        html = esqueleto.escribir(de(persona))
        assert html == ordinario(de(persona))
        assert html.count(" selected>") == 1


def test_los_esqueletos_no_crecen_sin_fin():
    for n in range(3 * esqueleto.TOPE):
        form = PropiaForm(auto_id=f"id{n}_%s")
        assert esqueleto.escribir(form) == ordinario(form)
    assert len(esqueleto._esqueletos) <= esqueleto.TOPE


# ── a field by itself: the desk's forms ───────────────────────────────────────

DICHOS = st.text(max_size=30) | st.sampled_from([*VENENOS, "OBSERVADO", "VERIFICADO", "FECHA", "on", "True"])


class MuchasForm(forms.Form):
    """One of each control that is known."""

    largo = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="Con <b>ayuda</b>.")
    casilla = forms.BooleanField(label="Marque")
    botones = forms.ChoiceField(widget=forms.RadioSelect, choices=[("", "Nada"), ("OBSERVADO", "Sí")])
    lista = forms.ChoiceField(
        choices=[("", "-"), ("FECHA", "La fecha"), ("g", [("on", "uno"), ("<", "dos")])]
    )
    numero = forms.IntegerField(min_value=1, required=False)
    dia = forms.DateField(required=False)
    oculto = forms.UUIDField(widget=forms.HiddenInput)
    varios = forms.MultipleChoiceField(choices=[("1", "uno")], widget=forms.CheckboxSelectMultiple)
    helper = _disposicion("largo", "casilla", "botones", "lista", "numero", "dia", "oculto")


@pytest.mark.parametrize("prefijo", [None, "d-1", 'x"<'])
def test_un_campo_solo_es_el_de_crispy_con_lo_que_salga(prefijo):
    """Empty, filled, wrong and hostile; of two places at a time, whose names differ."""
    nombres = st.sampled_from(sorted(MuchasForm.base_fields))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dictionaries(nombres, DICHOS), st.booleans())
    def comparar(dato, enviado):
        datos = {f"{prefijo}-{n}" if prefijo else n: v for n, v in dato.items()}
        form = MuchasForm(datos if enviado else None, initial=dato, prefix=prefijo)
        for campo in [c for _ in range(2) for c in form]:
            assert esqueleto.escribir_campo(campo) == as_crispy_field(campo)

    comparar()


@pytest.mark.parametrize("inicial", [True, False, None, "", "False", "0", 0, 1, "<script>"])
def test_una_casilla_esta_marcada_como_la_marca_su_control(inicial):
    for _ in range(2):
        campo = MuchasForm(initial={"casilla": inicial})["casilla"]
        assert esqueleto.escribir_campo(campo) == as_crispy_field(campo)


def test_cada_control_conocido_se_escribe_sin_el_modo_ordinario(monkeypatch):
    """All but the group of boxes, whose values are several, and a list whose groups are no tuples."""
    for campo in MuchasForm({}, prefix="p"):
        esqueleto.escribir_campo(campo)
    monkeypatch.setattr(esqueleto, "as_crispy_field", None)
    for campo in MuchasForm({}, prefix="p"):
        if campo.name not in {"varios", "lista"}:
            assert esqueleto.escribir_campo(campo)


def test_el_expediente_de_la_mesa_con_lo_dicho_y_con_errores(client, titular, monkeypatch):
    """Eleven verdicts, the internal data and the note: the same page by both ways."""
    analista = escenas.analista()
    gestion = escenas.dictaminar(escenas.tomada(titular, analista), analista, renglon=2)
    client.force_login(analista)
    direccion, juzgar = (reverse(n, args=a) for n, a in _direcciones(gestion))
    malo = {
        "d-3-version": gestion.version,
        "d-3-resultado": "OBSERVADO",
        "d-3-texto": "",
        "d-3-pagina": "<b>",
    }
    for pedir in (lambda: client.get(direccion), lambda: client.post(juzgar, malo | {"accion": "guardar"})):
        vistas = []
        for escribir in (esqueleto.escribir_campo, esqueleto.escribir_campo, as_crispy_field):
            with monkeypatch.context() as cambio:
                cambio.setattr(esqueleto, "escribir_campo", escribir)
                vistas.append(DE_UNA_VEZ.sub(r"\1", pedir().content.decode()))
        assert vistas[0].count('class="juicio"') == 11
        assert vistas[0] == vistas[1] == vistas[2]
    assert "Hay un problema" in vistas[0]


def _direcciones(gestion):
    return ("revision", [gestion.numero]), ("juzgar_renglon", [gestion.numero, 3])


# ── what it does not understand ───────────────────────────────────────────────


class RaraForm(forms.Form):
    helper = _disposicion("campo")


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        (forms.BooleanField(), "on"),
        (forms.NullBooleanField(), "true"),
        (forms.CharField(widget=forms.Textarea), "<script>"),
        (forms.CharField(widget=forms.PasswordInput), "secreta"),
        (forms.MultipleChoiceField(choices=[("1", "uno"), ("2", "dos")]), ["1", "2"]),
        (forms.MultipleChoiceField(choices=[("1", "uno")], widget=forms.CheckboxSelectMultiple), ["1"]),
        (forms.ChoiceField(choices=[("g", [("1", "uno"), ("2", "dos")])]), "2"),
        (forms.SplitDateTimeField(), None),
        (forms.DateField(widget=forms.SelectDateWidget), None),
        (forms.FileField(), None),
    ],
    ids=lambda x: type(x).__name__,
)
def test_lo_que_no_entiende_lo_escribe_el_ordinario(campo, valor):
    class SuyaForm(RaraForm):
        pass

    SuyaForm.base_fields = {"campo": campo}
    for dato in ({}, {"campo": valor}, None):
        for _ in range(2):
            form = SuyaForm(dato, initial={"campo": valor})
            assert esqueleto.escribir(form) == ordinario(form)


def test_un_error_de_todo_el_formulario_y_un_campo_que_la_disposicion_calla():
    form = PropiaForm({})
    form.add_error(None, "De todo él")
    assert NON_FIELD_ERRORS in form.errors
    assert esqueleto.escribir(form) == ordinario(form)

    class CalladaForm(PropiaForm):
        helper = _disposicion("pais")

    assert esqueleto.escribir(CalladaForm({})) == ordinario(CalladaForm({}))
    assert not any(e.entero for e in esqueleto._esqueletos.values())


def test_la_sala_es_pequena():
    """The issue's bound: at most 150 lines."""
    with open(esqueleto.__file__, encoding="utf-8") as sala:
        assert len(sala.readlines()) <= 150
