"""`replay`: what it says of a project that is as its events say, and of one that is not."""


def test_a_plan_that_is_reached_again_is_said_and_another_one_exits_with_one(command, blobs):
    code, lines, _ = command("replay", "--project", blobs.layout.root)

    assert code == 0
    assert "reached again" in "\n".join(lines)

    blobs.layout.plan.write_text(blobs.layout.plan.read_text().replace('"askable":', '"askable":9'))

    code, lines, errors = command("replay", "--project", blobs.layout.root)

    assert (code, lines[-1], errors) == (1, "the plan in force is another one", [])
