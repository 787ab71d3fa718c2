"""Of Airflow 2 what the DAG uses, for a machine without it: decorators keep what they are given."""
