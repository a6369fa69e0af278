"""Tests of finding functions and classes."""

import unittest

from structure.blocks import blocks_of
from structure.source_tree import SourceFile


def found(path, text):
    return [(each.kind, each.name, each.first, each.last, each.parameters)
            for each in blocks_of(SourceFile(path, text))]


class Cpp(unittest.TestCase):
    def test_a_function_runs_from_its_head_to_its_brace(self):
        text = 'namespace x {\n\nint f(int a,\n      int b) {\n  return a;\n}\n}\n'

        self.assertEqual(found('a.cc', text), [('function', 'f', 3, 6, 2)])

    def test_methods_and_their_class_are_both_found(self):
        text = ('class Line : public Base {\n public:\n'
                '  int f() const { return 1; }\n  int g_ = 0;\n};\n')

        self.assertEqual(found('a.h', text),
                         [('function', 'f', 3, 3, 0), ('class', 'Line', 1, 5, 0)])

    def test_blocks_inside_a_function_belong_to_it(self):
        text = 'void f() {\n  for (int i = 0; i < 2; ++i) {\n    run([&] { g(); });\n  }\n}\n'

        self.assertEqual(found('a.cc', text), [('function', 'f', 1, 5, 0)])

    def test_parameters_are_counted_through_templates_and_defaults(self):
        cases = {
            'void f() {}': 0,
            'void f(std::map<int, int> a) {}': 1,
            'void f(std::map<int, int> a, int b = g(1, 2)) {}': 2,
            'A::A(int a, int b) : a_(a), b_(b) {}': 2,
            'TEST(Line, IsEmpty) {}': 2,
            'template <class T> auto f(T a) -> int {}': 1,
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual([each[4] for each in found('a.cc', text)], [wanted])

    def test_what_is_no_function_is_not_taken_for_one(self):
        for text in ('enum class A { B, C };', 'const int x[] = {1, 2};', 'struct A { int a; };',
                     '#define F(x) { x; }\n', 'namespace a::b {\n}\n', 'int a{3};'):
            with self.subTest(text):
                kinds = [each[0] for each in found('a.cc', text)]
                self.assertNotIn('function', kinds)


class Python(unittest.TestCase):
    def test_inner_functions_belong_to_the_outer_one(self):
        text = 'class A:\n  def f(self, a):\n    def g():\n      pass\n    return g\n'

        self.assertEqual(found('a.py', text), [('class', 'A', 1, 5, 0), ('function', 'f', 2, 5, 1)])


class Bash(unittest.TestCase):
    def test_a_function_ends_at_its_brace_in_the_first_column(self):
        text = '#!/bin/bash\nf() {\n  if x; then {\n    y\n  }\n  fi\n}\ng() { z; }\n'

        self.assertEqual(found('a.sh', text),
                         [('function', 'f', 2, 7, 0), ('function', 'g', 8, 8, 0)])


if __name__ == '__main__':
    unittest.main()
