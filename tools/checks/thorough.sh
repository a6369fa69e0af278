# shellcheck shell=bash
# What ./check --all adds: other compilers and sanitizers, fuzzers, mutants, the conformance kit and
# the figures. Sourced by ./check.

# As in everyday.sh; with what the everyday steps built.
readonly thorough_steps=(
  'release 300'
  'demo-release 60'
  'kit 150'
  'interop 120'
  'bench 90'
  'proofs 60'
  'tidy 600'
  'clang 420'
  'mutants 600'
  'tsan 600'
  'fuzz 420'
  'coverage 120'
)

# How long each fuzzer runs. Long runs are for nights: build/fuzz/fuzz/NAME_fuzz CORPUS.
readonly fuzz_seconds=30
# The folders whose sources clang-tidy reads.
readonly tidy_folders=(base queue dialplan call api core)

step_release() {
  ./run --build-only
}

step_demo_release() {
  tools/checks/demo --preset release
}

# The cases recorded from the original that this step of the project has to pass.
step_kit() {
  tools/kit/run
}

# Phones and tools that are not ours, and a home network with a router.
step_interop() {
  tools/setup --all
  export RINGMASTER_BINARY=$PWD/build/release/ringmaster
  "$python" -m unittest discover -s tests/interop -t .
}

step_bench() {
  tools/checks/bench
}

# What kill -9 costs 300 callers; many more rounds are for nights (tools/nightly/proofs).
step_proofs() {
  build_probe
  tests/proofs/kill_in_a_busy_hour.py --rounds 2
}

# Only ./check --soak runs it: calls and churn for so many seconds.
step_soak() {
  build_probe
  tests/proofs/soak.py --seconds "${RINGMASTER_SOAK_SECONDS-240}"
}

build_probe() {
  ./run --build-only
  cmake --preset bench
  cmake --build --preset bench --target rtp_probe
}

step_tidy() {
  cmake --preset asan
  find "${tidy_folders[@]/#/src/}" -name '*.cc' -not -name '*_test.cc' -print0 |
    xargs -0 -n 4 -P "$(nproc)" clang-tidy-14 -p build/asan --quiet
}

# The pure core compiled by the other compiler, and its tests.
step_clang() {
  cmake --preset asan
  cmake --build --preset asan --target core_tests
  build/asan/core_tests
}

# The parts with threads under the thread sanitizer.
step_tsan() {
  cmake --preset tsan
  cmake --build --preset tsan --target adapter_tests
  build/tsan/adapter_tests
}

step_fuzz() {
  cmake --preset fuzz
  cmake --build --preset fuzz
  find build/fuzz/fuzz -type f -executable -print0 |
    xargs -0 -n 1 -P "$(nproc)" tools/checks/fuzz_one "$fuzz_seconds"
}

# Which branches of the queue engine its tests, the scenarios and the simulator take.
step_coverage() {
  tools/checks/coverage
}

step_mutants() {
  tests/mutants/run
}
