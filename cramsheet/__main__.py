from cramsheet.desk.begin import run

run()
