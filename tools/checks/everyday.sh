# shellcheck shell=bash
# The steps of ./check, in order: the quick ones first. Sourced by ./check.

# Each row: name, and the seconds that it may take on two cores with nothing to compile anew.
# CONTRIBUTING.md shows the same table; the step `docs` compares them.
readonly everyday_steps=(
  'setup 5'
  'format 10'
  'structure 30'
  'tools 15'
  'docs 5'
  'build 60'
  'sources 10'
  'core-tests 60'
  'adapter-tests 90'
  'simulator 120'
  'growth 60'
  'phones 40'
  'integration 150'
  'demo 60'
)

step_setup() {
  tools/setup --check
}

step_format() {
  tools/format --check
}

step_structure() {
  tools/structure/run
}

# The tools' own tests, and the scripts in bash.
step_tools() {
  "$python" -m unittest discover -s tools/structure -t tools
  "$python" -m unittest discover -s tools/checks -t tools
  "$python" -m unittest discover -s tools/kit -t tools
  "$python" -m unittest discover -s tools/prompts -t tools
  tools/checks/scripts | xargs -d '\n' shellcheck -x
}

step_docs() {
  tools/checks/budgets
  tools/checks/shown_commands
}

step_build() {
  cmake --preset dev
  cmake --build --preset dev
}

# What only a configured build can tell: sources that no target builds.
step_sources() {
  tools/structure/run --skip-headers --built build/dev/compile_commands.json
}

step_core_tests() {
  build/dev/core_tests
}

step_adapter_tests() {
  build/dev/adapter_tests
}

# The scenarios, each also with a restart after every step, and the seeded days.
step_simulator() {
  ctest --test-dir build/dev --exclude-regex '^(core|adapter|growth)_tests$' --verbose |
    sed 's/^[0-9]*: //'
}

# The engine's work does not grow with those who wait or are ready: counted, not timed.
step_growth() {
  build/dev/growth_tests
}

# The Python phones against each other: whoever tests with them has to be able to trust them.
step_phones() {
  "$python" -m unittest discover -s tests/phones -t .
}

step_integration() {
  tools/prompts/make
  export RINGMASTER_BINARY=$PWD/build/dev/ringmaster
  "$python" -m unittest discover -s tests/integration -t .
}

# ./run --demo with the build of this check: bridges happen, and both ends hear what they should.
step_demo() {
  tools/checks/demo --preset dev
}
