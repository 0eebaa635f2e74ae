"""What the parts promise each other: procedures, events and notices, the clock and its tasks."""

import inspect
import re
from dataclasses import fields, replace

import pytest
from django.template.loader import get_template

from bitacora import eventos as eventos_de_bitacora
from ceo_portal.celery import app
from cuentas import eventos as eventos_de_cuentas
from notificaciones.avisos.tabla import AVISOS
from tramites import eventos as eventos_de_tramites
from tramites import registro
from tramites.definicion import ClasePaso, Procedencia, Textos, Tramite
from tramites.formularios import PasoForm

EVENTOS = (eventos_de_bitacora, eventos_de_cuentas, eventos_de_tramites)
TIPOS = {tipo for de_una in EVENTOS for tipo in de_una.TipoEvento.values}
CLAVE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

app.loader.import_default_modules()


def test_el_registro_no_esta_vacio():
    assert "invalidez" in {tramite.clave for tramite in registro.todos()}


@pytest.fixture(params=registro.todos(), ids=lambda tramite: f"{tramite.clave}-{tramite.version}")
def tramite(request) -> Tramite:
    return request.param


def test_su_tarjeta_dice_para_quien_es(tramite):
    """A4: one sentence, so that nobody enters the wrong one."""
    assert re.fullmatch(r"[A-ZÁÉÍÓÚ].{20,150}\.", tramite.para_quien)


def test_sus_pasos_se_cuentan_desde_uno_y_no_se_repiten(tramite):
    """B1: numbers 1..n in order; keys are addresses."""
    claves = [paso.clave for paso in tramite.pasos]
    assert [paso.numero for paso in tramite.pasos] == list(range(1, len(claves) + 1))
    assert len(set(claves)) == len(claves)
    assert all(CLAVE.fullmatch(clave) for clave in [tramite.clave, *claves])


def test_sus_pasos_de_formulario_y_solo_ellos_tienen_formulario(tramite):
    for paso in tramite.pasos:
        if paso.clase is ClasePaso.FORMULARIO:
            assert issubclass(paso.formulario, PasoForm)
            assert all(campo.label for campo in paso.formulario.base_fields.values())
        else:
            assert paso.formulario is None


def test_tiene_un_solo_paso_de_cada_otra_clase_y_termina_validando(tramite):
    clases = [paso.clase for paso in tramite.pasos if paso.clase is not ClasePaso.FORMULARIO]
    assert len(set(clases)) == len(clases)
    assert tramite.pasos[-1].clase is ClasePaso.VALIDACION


def test_sus_plantillas_existen(tramite):
    for plantilla in [*(paso.plantilla for paso in tramite.pasos), *tramite.textos.todos]:
        get_template(plantilla)


def test_si_le_falta_un_texto_falla_al_cargarse_y_no_en_pantalla(tramite):
    """MO14: a step without legal words, and a screen without its template."""
    for paso in tramite.formularios:
        sin_uno = {clave: texto for clave, texto in tramite.textos.pasos.items() if clave != paso.clave}
        with pytest.raises(ValueError, match=paso.clave):
            replace(tramite, textos=replace(tramite.textos, pasos=sin_uno))
    todas = {campo.name: getattr(tramite.textos, campo.name) for campo in fields(Textos)}
    with pytest.raises(TypeError, match="derecho"):
        Textos(**{nombre: texto for nombre, texto in todas.items() if nombre != "derecho"})


def test_sus_textos_editables_llevan_su_clave_y_su_procedencia(tramite):
    """MO17: so that no procedure writes over another's."""
    assert all(t.clave.startswith(f"{tramite.clave}.") and t.donde for t in tramite.textos_editables)
    claves = [t.clave for t in tramite.textos_editables]
    assert len(set(claves)) == len(claves)
    assert {t.procedencia for t in tramite.textos_editables} <= set(Procedencia)


def test_sus_renglones_se_cuentan_desde_uno_y_alguno_obliga(tramite):
    """B6: the documents' table."""
    assert [r.numero for r in tramite.requisitos] == list(range(1, len(tramite.requisitos) + 1))
    assert any(r.obligatorio for r in tramite.renglones({}))
    assert all(r.nombre for r in tramite.requisitos)


def test_los_campos_que_nombra_son_campos_de_sus_pasos(tramite):
    de_un_paso = {campo for paso in tramite.formularios for campo in paso.formulario.base_fields}
    convenientes = {campo for campos in tramite.campos_convenientes.values() for campo in campos}
    assert tramite.campos_compartidos | convenientes <= de_un_paso
    assert set(tramite.campos_convenientes) <= {paso.clave for paso in tramite.pasos}


def test_cada_tipo_de_evento_tiene_su_aviso_o_un_ninguno_explicito():
    """D: what nobody is told was decided, not forgotten; and no notice waits for an unknown act."""
    assert set(AVISOS) == TIPOS


def test_los_tipos_de_evento_no_se_repiten_entre_apps():
    assert len(TIPOS) == sum(len(de_una.TipoEvento.values) for de_una in EVENTOS)


def test_el_reloj_conoce_la_salida_de_correos_y_el_sellado():
    tareas = {entrada["task"] for entrada in app.conf.beat_schedule.values()}
    assert tareas >= {"notificaciones.tareas.despachar_correos", "bitacora.tareas.sellar"}


@pytest.mark.parametrize("entrada", app.conf.beat_schedule.values(), ids=app.conf.beat_schedule)
def test_cada_entrada_del_reloj_llama_a_una_tarea_que_la_acepta(entrada):
    tarea = app.tasks[entrada["task"]]
    inspect.signature(tarea.run).bind(*entrada.get("args", ()), **entrada.get("kwargs", {}))
