"""Run by the house's own Python, which has psycopg: what is in the PostgreSQL database?"""

import os
import sys

import psycopg

from house.database import look_through, print_look


def main() -> None:
    """Print what is in the database that DATABASE_URL names."""
    url = os.environ["DATABASE_URL"]
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            print_look(
                look_through(
                    lambda query: connection.execute(query.encode()).fetchall(),
                    psycopg.errors.UndefinedTable,
                )
            )
    except psycopg.Error as problem:
        lines = str(problem).strip().splitlines() or [type(problem).__name__]
        sys.exit(lines[0].strip())


if __name__ == "__main__":
    main()
