"""What Alembic runs around the migrations: on the connection that it is given, in the transaction that is open."""

from alembic import context

from grader.gradebook.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite has it too, once the driver is kept from committing by itself
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
