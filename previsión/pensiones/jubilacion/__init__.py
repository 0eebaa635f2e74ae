"""Pensión Civil por Jubilación (jubilacion.md): what is invalidez's too, and its own."""

from functools import partial

from tramites.definicion import Procedencia, TextoVersionado, Tramite

from ...catalogos import casos
from ...catalogos.textos import del_dia
from ...familia import pasos
from ...familia.acta import acta, nombre_completo
from ...familia.formularios import NOMBRES
from ...familia.impreso import FormularioImpreso
from ...familia.juramento import JURAMENTO
from ...familia.textos import ADMISION, ENTERADO, ENTERADOS, numerales, textos_de
from .formularios import BeneficiarioDeJubilacionForm
from .internos import InternosDeJubilacionForm
from .marcas import marcas
from .orientacion import ORIENTACION
from .renglones import REQUISITOS

CLAVE, NOMBRE = "jubilacion", "Pensión Civil por Jubilación"
PASOS = pasos.en_orden(
    pasos.DATOS_GENERALES,
    partial(pasos.BENEFICIARIO, formulario=BeneficiarioDeJubilacionForm),
    pasos.juramento(),
    pasos.ACTA,
    pasos.NOTIFICADO,
    pasos.DOCUMENTOS,
    pasos.VALIDACION,
)
DERECHO = TextoVersionado(
    clave=f"{CLAVE}.derecho",
    donde=f"{NOMBRE}: quién tiene derecho",
    procedencia=Procedencia.PROPIA,
    inicial="Puede pedir esta pensión si contribuyó al Régimen y cumple una de estas condiciones:\n"
    "Tiene veinte años de servicio o más, a cualquier edad.\n"
    "Tiene cincuenta años de edad o más, y diez años de servicio o más.\n"
    "ONSEC cuenta su tiempo con las certificaciones que usted presenta.",
)
CESE = "El plazo para dejar mi puesto lo indica ONSEC al notificarme. Este formulario no me pide dejarlo hoy."
EDITABLES = (DERECHO, *numerales(CLAVE, NOMBRE, PASOS, {**ENTERADOS, 3: CESE}, Procedencia.PROPIA))

JUBILACION = Tramite(
    clave=CLAVE,
    version=1,
    nombre=NOMBRE,
    rotulo="Jubilación",
    para_quien="Para trabajadores civiles del Estado, o quienes ya entregaron su cargo.",
    a_la_mano=("Las certificaciones de su tiempo de servicio.",),
    pasos=PASOS,
    requisitos=REQUISITOS,
    textos=textos_de(CLAVE),
    textos_editables=EDITABLES,
    textos_del_dia=del_dia(EDITABLES),
    formulario_impreso=FormularioImpreso(nombre=NOMBRE, declaracion=JURAMENTO, enterado=ENTERADO),
    acta=acta,
    nombre_completo=nombre_completo,
    renglon_formulario=1,
    renglon_otros=8,
    base_admision=f"{ADMISION}; Decreto 63-88, artículo 5",
    campos_compartidos=frozenset(NOMBRES),
    campos_convenientes={"beneficiario": ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss")},
    motivos=casos.motivos,
    partes_de_caso=casos.casos_de(CLAVE, PASOS),
    marcas=marcas,
    internos=InternosDeJubilacionForm,
    orientacion=ORIENTACION,
)
