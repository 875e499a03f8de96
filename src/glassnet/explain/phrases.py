"""Every phrase of an explanation and of a diagnosis: another language is another file of these."""

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

Found = tuple[str, str, str]  # what was found, in one sentence; the evidence; what to try

DIAGNOSIS = "Diagnosis:"
EVIDENCE = "Evidence: {shown}"
TRY = "Try: {advice}"
SMALLER_RATE = "a smaller learning rate (--learning-rate {rate:g})"
A_SMALLER_RATE = "a smaller learning rate"
A_LARGER_RATE = "a larger learning rate"
LARGER_RATE = "a larger learning rate (--learning-rate {rate:g})"
SCALE = "scaling the inputs to about −1 to 1, as they reach {largest:.4g} now"
DEAD_RELU: Found = (
    "ReLU units of {layer} are dead: they give 0 for every sample, so no gradient reaches their weights.",
    "{dead} of its {units} units gave 0 for each of the {samples} samples that were looked at.",
    "{smaller}, first weights made for ReLU (HeNormal), or leaky_relu in place of relu.",
)
SATURATION: Found = (
    "{layer} is saturated: its {function} lies at its flat ends, where the slope is nearly 0 and little is learnt.",
    "at {share:.0%} of its outputs the slope is below a twentieth of the steepest.",
    "{remedy}.",
)
SMALLER_WEIGHTS = "smaller first weights (GlorotUniform), or relu in place of {function}"
EXPLODING: Found = (
    "The gradient explodes on its way back: the first layers get far larger corrections than the last.",
    "its mean length, layer by layer: {lengths}.",
    "smaller first weights (GlorotUniform, HeNormal), batchnorm after the dense layers, or --clip-norm 1.",
)
VANISHING: Found = (
    "The gradient vanishes on its way back: the first layers hardly learn.",
    "its mean length, layer by layer: {lengths}.",
    "relu in place of sigmoid or tanh, first weights made for it (HeNormal), batchnorm, or fewer layers.",
)
DIVERGED: Found = (
    "The learning rate is too high: the loss grew beyond every bound.",
    "the training {ended}.",
    "{smaller}{scaling}.",
)
JUMPING: Found = (
    "The learning rate looks too high: the loss jumps in place of falling.",
    "from one epoch to the next it rose from {before:.3g} to {after:.3g}; the last is {last:.3g}.",
    "{smaller}{scaling}.",
)
ABOVE_GUESSING: Found = (
    "The learning rate looks too high: what was learnt is worse than not looking at the inputs at all.",
    "the loss stays at {last:.4g}; without a look at the inputs it could be {guess:.4g}.",
    "{smaller}{scaling}.",
)
RATE_TOO_LOW: Found = (
    "The learning rate looks too low: the loss hardly fell, the training is still at its beginning.",
    "in {epochs} epochs it went from {first:.4g} to {last:.4g}.",
    "{larger}, or more epochs.",
)
PLATEAU_OF_FEW: Found = (
    "The training is stuck on a plateau: the loss stands still, and samples that should differ get the same answer.",
    "the outputs are {outputs}; they should be {targets}. The loss has stayed near {loss:.3g}.",
    "a new start from other first weights ({seed}), or more hidden neurons.{lab}",
)
LAB_XOR = (
    ' About 1 start in 6 succeeds with 2 of them, 9 in 10 with 8 (--net "dense8 relu dense1"): '
    "'glassnet lab xor --hidden 2,4,6,8' counts it."
)
PLATEAU: Found = (
    "The training is stuck on a plateau: the loss stands still, and every sample gets about the same answer.",
    "over {samples} samples the standard deviation of an output is {spread:.2g}. The loss has stayed near {loss:.3g}.",
    "more hidden neurons, another learning rate, or a new start from other first weights ({seed}).",
)
NEW_SEED = "--seed {seed}"
MAJORITY: Found = (
    "The network answers {answer} to nearly everything.",
    "{count} of {samples} answers are {answer}, which is right for {share:.1%} of the data.",
    "{remedy}.",
)
BALANCE = "as many samples of each class, or sample_weight for the rarer ones, and more epochs"
ANOTHER_WAY = "more epochs, another learning rate, or more hidden neurons"
OVERFITTING: Found = (
    "The network overfits: it goes on learning its own samples by heart, and gets worse on those held out.",
    "the loss on its own samples fell to {own:.3g}; on those held out it was {best:.3g} after epoch {epoch} "
    "and is {held:.3g} now.",
    "more samples, --patience 5 (which keeps the best weights), dropout, weight decay, or a smaller network.",
)
CURVES_PART: Found = (
    "The network overfits: it knows its own samples far better than those held out.",
    "{own:.1%} of its own samples are right, and {held:.1%} of those held out.",
    "more samples, dropout, weight decay, or a smaller network.",
)
OUT_OF_RANGE: Found = (
    "Inputs lie far outside the range that the network learnt from, so its answers there mean little.",
    "{where} {reaches:.4g}, in training it was {least:.4g} to {most:.4g}. So far out: {strangers} of {samples}.",
    "giving inputs in the units and on the scale of the training data.",
)
OTHER_SCALE: Found = (
    "Inputs fill a small part of the range that the network learnt from: they seem to be on another scale.",
    "they go from {low:.4g} to {high:.4g}; in training it was {least:.4g} to {most:.4g}.",
    "giving inputs in the units and on the scale of the training data.",
)
INPUT = "input {number} is"
ONE_INPUT = "one input is"
NAMED = "the column {name} is"
