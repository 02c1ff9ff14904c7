"""The settings of plain nbgrader, for commands given in this folder: see README.md."""

import os
import re
import sys
from pathlib import Path
from textwrap import fill

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat.v4 import new_output
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor


class WithholdHiddenTests(NbGraderPreprocessor):
    """Leaves of a hidden test, in the feedback, only the sentence that it says when it fails."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Take out what stands between the markers, and what running it has printed."""
        if "BEGIN HIDDEN TESTS" in cell.source:
            cell.source = re.sub("(?m)^.*BEGIN HIDDEN TESTS(.|\n)*", "", cell.source)
            cell.outputs = [
                new_output("stream", text=fill(self.sentence(output), width=88))
                for output in cell.outputs
                if output.output_type == "error"
            ]
        return cell, resources

    def sentence(self, error):
        """Tell why a hidden test failed, and nothing of how it tests."""
        if error.ename == "AssertionError":
            return error.evalue
        return f"The hidden tests could not run to their end ({error.ename})."


# nbgrader calls programs that are installed beside it, also if the environment is not active.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

c = get_config()
c.CourseDirectory.course_id = "entente"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.GenerateFeedback.preprocessors = [GetGrades, WithholdHiddenTests, CSSHTMLHeaderPreprocessor]
