"""Every phrase of an explanation: another language is another file of these."""

FORWARD = "Forward"
BACKWARD = "Backward"
UPDATE = "Update"
HIDDEN = "{count} more units: ask for one with its name, such as {example}."
REST = "the last term is the other {count} together"
LOSS = "The loss ({name}): L = {formula} = {value}"
PATHS = "∂L/∂w is the sum over the paths from the loss to w:"
ONE_PATH = "∂L/∂w is the product of the factors on the way from the loss to w:"
OTHER_PATHS = "all other paths together: {value}"
PATH = "Path {number}"
WEIGHT = "w = {name} = {value}"
DIFFERENCE = "By moving w a little: {value}. Relative error {error}."
STEP = "{optimizer}, step {step}, with g = ∂L/∂w = {gradient}:"
CHANGED = "w goes from {before} to {after}."
TITLE = "One sample, explained"
LARGEST = "max"

WINDOW = "the window of {size} over rows {rows}, columns {columns}"
CHANNELS = ", tables of the {shown} of {count} channels that count most"
RANGE = "{first} to {last}"
OUTSIDE = "0, outside the picture"
AT_THE_LARGEST = "1 at the window's largest, else 0"
SOFTMAX = "eᶻ over the sum of all eᶻ"
TRUE_SUM = "z of the true class"
LARGEST_SUM = "largest z"
PERCEPTRON_SLOPE = "1 at the answer, −1 at the true class, else 0"

WHY = "What speaks for {label}?"
PANELS = (
    ("what it sees", "and answers: {answer}"),
    ("a piece covered, {patch}×{patch} pixels", "blue: {label} needs it, red: it disturbs"),
    ("a pixel stronger", "blue: that would help {label}, red: harm"),
    ("what each pixel did", "its value × that slope: blue for, red against"),
)
THEN = "{layer}, then {function}"
STRONGEST = "the {shown} strongest of {count} maps"
ALL = "{count} map{s}"
MAPS = "{name}: {shown} of {height}×{width}. {ink}"
INK, TWO_INKS = "The darker, the stronger.", "Blue is above 0, red below."
MAPS_OF = "What {layer} makes of the picture"
