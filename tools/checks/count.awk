# Counts the tests of a step's log: GoogleTest, Python's unittest, and every runner of ours or of
# the conformance kit that ends with `N passed, N failed`. Prints "PASSED FAILED".
#
# `status` is the step's exit status. A step that counts nothing is one test by itself, and one that
# failed without saying so counts one failure.

/^\[  PASSED  \] [0-9]+ tests?\./ { passed += $4 }
/^\[  FAILED  \] [0-9]+ tests?, listed below/ { failed += $4 }

/^Ran [0-9]+ tests? in / { ran = $2 }
/^OK( |$)/ && ran != "" { passed += ran; ran = "" }
/^FAILED \(/ && ran != "" {
  bad = 0
  rest = $0
  while (match(rest, /(failures|errors)=[0-9]+/)) {
    split(substr(rest, RSTART, RLENGTH), pair, "=")
    bad += pair[2]
    rest = substr(rest, RSTART + RLENGTH)
  }
  failed += bad
  # An error outside of a test, in a fixture of a class, can make more errors than tests.
  passed += bad > ran ? 0 : ran - bad
  ran = ""
}

/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }

END {
  if (passed + failed == 0 && status == 0) passed = 1
  if (failed == 0 && status != 0) failed = 1
  print passed + 0, failed + 0
}
