from cramsheet.desk.cli import run

run()
