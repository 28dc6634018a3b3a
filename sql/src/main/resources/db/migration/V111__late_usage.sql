-- Records whose service period had come to its end, and was metered to it, when they came in.
create table late_usage (
  batch_id bigint not null,
  line_no  bigint not null,
  primary key (batch_id, line_no),
  foreign key (batch_id, line_no) references usage_record
);
create trigger append_only before update or delete on late_usage
  for each statement execute function refuse_change();
create trigger not_emptied before truncate on late_usage
  for each statement execute function refuse_change();
