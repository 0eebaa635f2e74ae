"""The documents that the Pensión Civil por Invalidez asks for, from the manual of July 2024."""

from tramites.definicion import Requisito

# Names and notes are the manual's (textos.md §9). The help says only what is sure (textos.md §17);
# what ONSEC has not confirmed yet is left out.
REQUISITOS = (
    Requisito(
        numero=1,
        nombre="Formulario de Solicitud de Pensión debidamente firmado y ratificado",
        obligatorio=True,
        ayuda="Es el PDF que descargó en el paso 5, impreso y firmado por usted en el formulario "
        "y en el acta.",
        donde="En este portal, gratis, con «Guardar y Descargar».",
        control=(
            "El formulario lleva firma en «FIRMA DEL SOLICITANTE».",
            "El acta lleva firma al pie.",
            "La ratificación lleva la misma fecha del formulario o una posterior.",
            "El código impreso es el de la versión enviada.",
        ),
    ),
    Requisito(
        numero=2,
        nombre="Certificación de nacimiento (vigente)",
        obligatorio=True,
        ayuda="Documento de RENAP que prueba su nacimiento.",
        donde="RENAP.",
        vigencia="Debe estar vigente. En ventanilla, ONSEC la pide con 6 meses o menos.",
        control=(
            "Está vigente.",
            "Es del titular: nombre, CUI y fecha de nacimiento coinciden.",
            "Lleva nombre, cargo, firma y sello del registrador.",
        ),
    ),
    Requisito(
        numero=3,
        nombre="Documento personal de identificación -DPI-",
        obligatorio=True,
        nota="Ambos lados del documento",
        ayuda="Copia de su DPI por los dos lados, legible, en PDF.",
        donde="Usted ya lo tiene; se repone en RENAP.",
        control=(
            "Están los dos lados del DPI.",
            "Se lee completo.",
            "El CUI es el de la cuenta.",
        ),
    ),
    Requisito(
        numero=4,
        nombre="Constancia de antecedentes penales (vigente)",
        obligatorio=True,
        nota="Extendida por el Organismo Judicial",
        ayuda="Constancia de que no tiene antecedentes penales. No es la de la policía.",
        donde="Organismo Judicial.",
        vigencia="Debe estar vigente. En ventanilla, ONSEC la pide con 6 meses o menos.",
        control=(
            "Está vigente.",
            "La extendió el Organismo Judicial.",
            "Es del titular.",
        ),
    ),
    Requisito(
        numero=5,
        nombre="Certificación de Tiempo de Servicio",
        obligatorio=True,
        nota="En este apartado deberá cargar las certificaciones de tiempo de servicios de todas las "
        "instituciones en donde haya contribuido al Régimen de Clases Pasivas Civiles del Estado. "
        "* No aplica si el causante hubiese sido jubilado o pensionado por invalidez.",
        ayuda="Una certificación por cada institución en donde contribuyó al Régimen; "
        "puede cargar varios PDF.",
        donde="Hasta 1970, Contraloría; desde 1971, ONSEC (también por CEO) y las demás instituciones.",
        control=(
            "Hay una certificación por cada institución en donde contribuyó.",
            "Los periodos quedan completos.",
        ),
    ),
    Requisito(
        numero=6,
        nombre="Dictamen de medicina legal",
        obligatorio=True,
        nota="Extendido por el Instituto Guatemalteco de Seguridad Social",
        ayuda="Documento del IGSS que declara su invalidez. "
        "Debe decir naturaleza, grado, causas y fecha de inicio.",
        donde="IGSS.",
        control=(
            "Dice la naturaleza de la invalidez.",
            "Dice el grado.",
            "Dice las causas.",
            "Dice la fecha de inicio.",
            "Lo extendió el IGSS.",
        ),
    ),
    Requisito(
        numero=7,
        nombre="Certificación de horarios",
        obligatorio=False,
        nota="Únicamente si el causante laboró en un mismo periodo en dos o más cargos. "
        "* No aplica si el causante hubiese sido jubilado.",
        ayuda="Solo si tuvo dos o más cargos en un mismo periodo.",
        control=(
            "Está, si hubo dos o más cargos en un mismo periodo.",
            "Los horarios de los cargos no se traslapan.",
        ),
    ),
    Requisito(
        numero=8,
        nombre="Otros",
        obligatorio=False,
        nota="Utilizar en caso de ser necesario adjuntar documentos que no se encuentran en los numerales "
        "anteriores o en caso de requerimientos hechos mediante providencia.",
        ayuda="Cualquier papel que no esté en los números 1 al 7, o que ONSEC le pida por providencia. "
        "Aquí va la solvencia, si ya la tiene.",
        donde="Según el papel; la solvencia, en cada institución donde trabajó.",
        control=(
            "Si es la solvencia, quedó asentada en los datos internos.",
            "Si responde a una providencia, cumple lo que se pidió.",
        ),
    ),
)
